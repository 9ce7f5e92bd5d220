// The words of pictures, signatures, sounds and files in one language.
import capture from "../../../messages/kk/capture.json";

export default capture;
