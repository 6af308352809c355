// The menu scrolls to the page that is shown.
const here = document.querySelector(".sidebar-tree li.current-page");
const menu = document.querySelector(".sidebar-scroll");
if (here && menu) {
  const below = here.getBoundingClientRect().top - menu.getBoundingClientRect().top;
  menu.scrollTop = below - menu.clientHeight / 2;
}
