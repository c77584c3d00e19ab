// Whatever was dropped, folders opened: browsers hand over folders as entries that are read one after the other.

const filesOf = (entry) => new Promise((resolve, reject) => {
  if (entry.isFile) return entry.file((file) => resolve([file]), reject);
  const reader = entry.createReader();
  const found = [];
  const next = () => reader.readEntries(async (entries) => {
    if (entries.length === 0) return resolve(found.flat());
    try {
      for (const inner of entries) found.push(await filesOf(inner));
      next();
    } catch (error) {
      reject(error);
    }
  }, reject);
  next();
});

/** Every file of a drop; the entries must be taken before the first pause. */
export async function filesIn({ items, files }) {
  const entries = [...(items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

/** Lets files be dropped on an element, which says so while they hover; `take(files)` gets them. */
export function dropZone(element, take) {
  const isFiles = (event) => event.dataTransfer?.types.includes("Files");
  element.addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    element.dataset.over = "";
  });
  element.addEventListener("dragleave", () => delete element.dataset.over);
  element.addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    delete element.dataset.over;
    take(filesIn(event.dataTransfer));
  });
}
