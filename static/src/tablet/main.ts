/** Start of the tablet. */
document.documentElement.dataset["started"] = "tablet";
