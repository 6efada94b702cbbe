import { render } from "preact";

render(<p>后路</p>, document.getElementById("page")!);
