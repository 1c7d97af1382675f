// The attendance grid by keyboard. Without this script every cell is an ordinary select.
"use strict";
(() => {
  const table = document.getElementById("grid");
  if (!table || !table.querySelector("select")) return;
  document.getElementById("grid-keys").hidden = false;

  const marks = { 0: "", 1: "present", 2: "late", 3: "leave", 4: "absent" };

  // The select in the same column of the next row (step 1) or the one before (step -1) that has one.
  function below(cell, step) {
    let row = cell.parentElement;
    while ((row = step > 0 ? row.nextElementSibling : row.previousElementSibling)) {
      const select = row.cells[cell.cellIndex].querySelector("select");
      if (select) return select;
    }
    return null;
  }

  function beside(cell, step) {
    while ((cell = step > 0 ? cell.nextElementSibling : cell.previousElementSibling)) {
      const select = cell.querySelector("select");
      if (select) return select;
    }
    return null;
  }

  table.addEventListener("keydown", (event) => {
    const select = event.target;
    if (select.tagName !== "SELECT" || event.altKey || event.ctrlKey || event.metaKey) return;
    const cell = select.closest("td");
    let next = null;
    if (event.key in marks) select.value = marks[event.key];
    else if (event.key === "ArrowLeft") next = beside(cell, -1);
    else if (event.key === "ArrowRight") next = beside(cell, 1);
    else if (event.key === "Enter") next = below(cell, event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    if (next) next.focus();
  });
})();
