// Package pdf looks into PDF files: how many pages, how a page looks, which words stand on it, and a copy that says
// nothing of who made it.
//
// It runs PDFium inside a WebAssembly machine, so that a hostile file can at worst break its own sandbox: the
// machine sees no file but fonts, has 256 MiB of memory at most and is stopped when its time is up. A broken PDF is
// an error, never a crash. Same bytes in, same bytes out.
//
// It will not store files, know a contest, or fill forms. Failures are judging errors: Invalid "pdf.bad",
// "pdf.password", "pdf.too_big", "pdf.too_many_pages", "pdf.no_page", "pdf.too_slow"; Unavailable "pdf.no_engine"
// when the machine can't start. A cancelled context comes back as ctx.Err(). Errors never carry words of the
// document.
//
// # Why the rewriter is our own
//
// pdfcpu 0.15 was tried in its place on 31 files (LibreOffice, Ghostscript, cairo, qpdf, handmade and hostile
// ones), with its own calls for annotations, properties, keywords, bookmarks and attachments, and as reader and
// writer below our rules:
//
//	                                       ours     pdfcpu's calls   our rules on pdfcpu
//	of 229 planted names left (20 files)   3        101              26
//	of 28 tags of photographs left         0        28               28
//	copies that are the same bytes again   23 of 23 0 of 22          0 of 22
//	copies that get a date and a producer  none     all              all
//	pages that look the same               all      all but stamps   all but stamps
//	refused, though a viewer shows it      0        2                2
//	binary                                 –        +9 MB, 6 modules +9 MB, 6 modules
//
// It keeps Author and Title, writes the clock and its own name into each copy, refuses documents for entries that
// no page needs, and cannot make annotations part of the page, so that a stamp or a filled form is lost. PDFium has
// to run before it all the same, and is what costs time and memory: 0.3 s and 50 MB for an office document, of
// which the rewriter takes a fiftieth; pdfcpu alone takes 0.1 s and 17 MB. It is better in two ways: a form that
// calls itself and a content of 1 GiB cost it 0.1 s and 10 MB, and 5 s and 2 GB, where PDFium takes 34 s and 18 s
// and 4.4 GB before it is stopped.
//
// Its rules here are those that ours had then, which left 12 names and 14 tags. The trial showed what they missed:
// strings under keys that programs make up, and photographs whose filter is written as a list or that are packed
// twice. The 3 names that stay are in the content of a page (invisible text, ActualText, a remark). With the
// strings FontFamily goes, which poppler, but not PDFium, asks for a font that the document does not bring: one
// handmade page with a false one looks different there.
package pdf
