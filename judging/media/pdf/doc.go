// Package pdf looks into PDF files: how many pages, how a page looks, which words stand on it, and a copy that says nothing of who made it.
//
// It runs PDFium inside a WebAssembly machine, so that a hostile file can at worst break its own sandbox: the machine sees no file but fonts, has
// 1 GiB of memory at most and is stopped when its time is up. A broken PDF is an error, never a crash. Same bytes in, same bytes out.
//
// It will not store files, know a contest, or fill forms. Failures are judging errors: Invalid "pdf.bad", "pdf.password", "pdf.too_big",
// "pdf.too_many_pages", "pdf.no_page", "pdf.too_slow"; Unavailable "pdf.no_engine" when the machine can't start. A cancelled context comes back as
// ctx.Err(). Errors never carry words of the document.
package pdf
