/** A photo as the server takes it. */

/** The server's limits. */
const LARGEST_BYTES = 8 * 1024 * 1024;
const LARGEST_PIXELS = 50_000_000;
const TAKEN = ["image/jpeg", "image/png", "image/webp"];
/** Enough to read the small print of a report. */
const LONGEST_SIDE = 2000;
const QUALITY = 0.85;

/** What the browser can offer for choosing. */
export const ACCEPT = TAKEN.join(",");

/** Not a picture that this browser can open. */
export class NoPicture extends Error {}

/** The file itself, or a smaller JPEG when the server would not take it. Raises NoPicture. */
export async function prepared(file: Blob): Promise<Blob> {
  const image = await opened(file);
  const { naturalWidth: width, naturalHeight: height } = image;
  if (TAKEN.includes(file.type) && file.size <= LARGEST_BYTES && width * height <= LARGEST_PIXELS) return file;
  return drawn(image, ...fitted(width, height));
}

/** Width and height, made smaller in proportion until the longer side fits. */
export function fitted(width: number, height: number, longest = LONGEST_SIDE): [number, number] {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

async function opened(file: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw new NoPicture();
  } finally {
    URL.revokeObjectURL(url);
  }
  if (!image.naturalWidth || file.type === "image/svg+xml") throw new NoPicture();
  return image;
}

async function drawn(image: HTMLImageElement, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.fillStyle = "#fff"; // what is transparent would become black
    pen.fillRect(0, 0, width, height);
    pen.drawImage(image, 0, 0, width, height);
  }
  const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!made) throw new NoPicture();
  return made;
}
