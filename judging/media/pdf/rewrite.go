package pdf

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"

	"fayi/judging/media/trace"
)

// What is left out, by where it stands. Of the catalog only what pages need is kept.
var (
	catalogKept = []string{"Type", "Version", "Pages", "PageLayout"}
	dropped     = []string{
		"Metadata", "PieceInfo", "LastModified", "AF", "OPI", "Measure", "PtData", "StructParent", "Name", "OC",
	}

	// drawnKeys are keys whose strings are needed to draw. All other strings are words about the document, under
	// whatever key: programs make up keys of their own.
	drawnKeys = []string{"Registry", "Ordering", lookup}

	// named are keys of dictionaries whose keys are names that the document chose.
	named = []string{
		"Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading", "Properties", "CharProcs", "Colorants",
	}
)

// lookup is where the colours of an Indexed colour space stand; in the file they have no key.
const lookup = "Lookup"

// drawnLetters is where fonts keep letters that are drawings.
const drawnLetters = "CharProcs"

// rewriter writes a document again from its root: what can't be reached, and what reports a maker, is not in the
// copy.
type rewriter struct {
	ctx     context.Context
	in      *file
	out     bytes.Buffer
	numbers map[ref]int // object -> its number in the copy
	queue   []job
	places  []int
	pages   []ref             // in order
	covered map[int]*[]object // page -> what it is replaced by
	off     map[ref]bool      // layers that are not shown, once they were looked for
	removed map[trace.Trace]bool
	left    map[trace.Trace]bool
}

// job is an object to be written, and the key it was found under.
type job struct {
	n   ref
	key string
}

// pagesKept, pageKept, formKept and imageKept are the entries that draw, or lead to what does.
var (
	pagesKept = []string{"Type", "Parent", "Kids", "Count", "Resources", "MediaBox", "CropBox", "Rotate"}
	pageKept  = []string{
		"Type", "Parent", "Resources", "MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox", "Contents", "Rotate",
		"Group",
		"UserUnit",
	}
	formKept = []string{
		"Type", "Subtype", "FormType", "BBox", "Matrix", "Resources", "Group", "Filter", "DecodeParms", "Length",
	}
	imageKept = []string{
		"Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Intent", "ImageMask", "Mask", "Decode",
		"Interpolate", "SMask", "SMaskInData", "Filter", "DecodeParms", "Length", "Matte",
	}
)

// object is one that the copy adds.
type object struct {
	dict string
	data []byte
}

func (w *rewriter) number(n ref, key string) int {
	if k, ok := w.numbers[n]; ok {
		return k
	}
	w.queue = append(w.queue, job{n, key})
	w.numbers[n] = len(w.numbers) + 1
	return w.numbers[n]
}

// run writes the document.
func (w *rewriter) run() error {
	w.out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	root := w.number(w.in.root, "Root")
	for len(w.queue) > 0 {
		j := w.queue[0]
		w.queue = w.queue[1:]
		if err := w.ctx.Err(); err != nil {
			return err
		}
		v, err := w.in.object(j.n)
		if err != nil {
			return err
		}
		if w.out.Len() > 2*MaxBytes {
			return errSyntax
		}
		w.begin(w.numbers[j.n])
		if err := w.object(j, v); err != nil {
			return err
		}
		w.out.WriteString("\nendobj\n")
	}
	w.finish(root)
	return w.readAgain()
}

// readAgain refuses a copy that is not read as it was written, or lost a page: what it was made of is no document.
func (w *rewriter) readAgain() error {
	f, err := readFile(w.out.Bytes())
	if err != nil {
		return errSyntax
	}
	if pages, err := f.findPages(); err != nil || len(pages) != len(w.pages) {
		return errSyntax
	}
	return nil
}

func (w *rewriter) begin(n int) {
	for len(w.places) <= n {
		w.places = append(w.places, 0)
	}
	w.places[n] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n", n)
}

func (w *rewriter) object(j job, v value) error {
	if s, ok := v.(*stream); ok {
		return w.stream(j.key, s)
	}
	if i := slices.Index(w.pages, j.n); i >= 0 {
		if parts, ok := w.covered[i]; ok {
			return w.cover(v, *parts)
		}
		if d, ok := v.(dict); ok {
			return w.page(d)
		}
	}
	return w.write(j.key, v)
}

func (w *rewriter) stream(key string, s *stream) error {
	data := s.data
	if s.dict.is("Type", "Metadata") {
		w.removed[trace.Unnamed] = true
		data = nil
	}
	s, err := w.cleanStream(key, s)
	if err != nil {
		return err
	}
	if data != nil {
		data = s.data
	}
	if err := w.write(key, s.dict.with("Length", token(strconv.Itoa(len(data))))); err != nil {
		return err
	}
	w.out.WriteString("\nstream\n")
	w.out.Write(data)
	w.out.WriteString("\nendstream")
	return nil
}

func (w *rewriter) write(key string, v value) error {
	switch v := v.(type) {
	case token:
		if v.isString() && !slices.Contains(drawnKeys, key) {
			v = token("()")
		}
		w.out.Write(v)
	case ref:
		fmt.Fprintf(&w.out, "%d 0 R", w.number(v, key))
	case list:
		w.out.WriteByte('[')
		if v.isIndexed() {
			key = lookup
		}
		for i, e := range v {
			if i > 0 {
				w.out.WriteByte(' ')
			}
			if err := w.write(key, e); err != nil {
				return err
			}
		}
		w.out.WriteByte(']')
	case dict:
		w.out.WriteString("<<")
		for _, e := range w.keep(key, v) {
			w.out.WriteString("/" + e.key + " ")
			below := e.key
			if key == drawnLetters {
				below = key // letters are found under names that the document chose
			}
			if err := w.write(below, e.value); err != nil {
				return err
			}
		}
		w.out.WriteString(">>")
	default:
		return errSyntax
	}
	return nil
}

// keep returns what of a dictionary found under key goes into the copy. What stands where the root, the pages or a page
// stand is that, whatever it says it is: readers take it for that, too.
func (w *rewriter) keep(key string, d dict) dict {
	switch {
	case slices.Contains(named, key) && d.get("Type") == nil:
		return d
	case key == "Root", d.is("Type", "Catalog"):
		return slices.DeleteFunc(slices.Clone(d), func(e entry) bool { return !slices.Contains(catalogKept, e.key) })
	case d.is("Type", "OCG"):
		return append(d.withoutStrings(), entry{"Name", token("()")}) // it must have one
	case key == "Page", d.is("Type", "Page"):
		d = only(d, pageKept)
	case key == "Pages", d.is("Type", "Pages"):
		d = only(d, pagesKept)
	case d.is("Subtype", "Form") && d.get("BBox") != nil:
		d = only(d, formKept)
	case d.is("Subtype", "Image") && d.get("Width") != nil:
		d = only(d, imageKept)
	}
	return slices.DeleteFunc(d.withoutStrings(), func(e entry) bool {
		if slices.Contains(dropped, e.key) {
			w.removed[trace.Unnamed] = w.removed[trace.Unnamed] || e.key == "Metadata" || e.key == "PieceInfo"
			return true
		}
		return false
	})
}

// cover writes a page that is a picture in place of one that was not.
func (w *rewriter) cover(page value, parts []object) error {
	d, ok := page.(dict)
	parent, has := d.get("Parent").(ref)
	if !ok || !has {
		return errSyntax
	}
	up := w.number(parent, "Parent")
	first := len(w.numbers) + 1
	for i := range parts[1:] {
		w.numbers[ref(-first-i)] = first + i // no number of the document's own
	}
	fmt.Fprintf(
		&w.out, "<</Type/Page/Parent %d 0 R%s/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>", up, parts[0].dict,
		first+1, first,
	)
	for i, o := range parts[1:] {
		w.out.WriteString("\nendobj\n")
		w.begin(first + i)
		fmt.Fprintf(&w.out, "<<%s/Length %d>>\nstream\n", o.dict, len(o.data))
		w.out.Write(o.data)
		w.out.WriteString("\nendstream")
	}
	return nil
}

func (w *rewriter) finish(root int) {
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.places))
	for _, at := range w.places[1:] {
		if at == 0 {
			w.out.WriteString("0000000000 65535 f \n")
			continue
		}
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.out, "trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(w.places), root, start)
}

// findPages lists the document's pages in order.
func (f *file) findPages() ([]ref, error) {
	v, err := f.object(f.root)
	if err != nil {
		return nil, err
	}
	catalog, _ := v.(dict)
	top, ok := catalog.get("Pages").(ref)
	if !ok {
		return nil, errSyntax
	}
	var out []ref
	seen := map[ref]bool{f.root: true} // which is no page
	var walk func(n ref) error
	walk = func(n ref) error {
		if seen[n] || len(seen) > 4*MaxPages {
			return errSyntax
		}
		seen[n] = true
		v, err := f.object(n)
		if err != nil {
			return err
		}
		d, isDict := v.(dict)
		if !isDict {
			return errSyntax
		}
		kids := d.get("Kids")
		if r, far := kids.(ref); far {
			if kids, err = f.object(r); err != nil {
				return err
			}
		}
		all, ok := kids.(list)
		if !ok {
			out = append(out, n)
			return nil
		}
		for _, k := range all {
			if r, ok := k.(ref); ok {
				if err := walk(r); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err = walk(top)
	return out, err
}
