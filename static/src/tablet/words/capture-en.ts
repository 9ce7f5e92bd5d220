// The words of pictures, signatures, sounds and files in one language.
import capture from "../../../messages/en/capture.json";

export default capture;
