/** Start of the desk. */
document.documentElement.dataset["started"] = "desk";
