package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/klippa-app/go-pdfium/requests"

	"fayi/judging"
	"fayi/judging/media/trace"
)

// Covered pages become pictures: coverDPI dots per inch, but not wider than coverWidth pixels.
const (
	coverDPI, coverWidth, coverQuality = 200, 2400, 90
	pointsPerInch                      = 72
)

// Cover is the colour of masks: paper grey.
var Cover = color.RGBA{200, 200, 196, 255}

// Clean writes a copy of the document that says nothing of who made it: no properties, no XMP, no comments, forms,
// signatures, bookmarks, attached files, earlier versions or small previews; its pictures lose their own traces.
// What comments and forms show on the page stays, as part of the page. Pages with masks become pictures, so that
// nothing that was covered is in the file. The document should be closed afterwards: its own comments are merged
// into its pages by then.
func (d *Document) Clean(ctx context.Context, out io.Writer, masks []judging.Mask) (trace.Result, error) {
	w := &rewriter{
		ctx:     ctx,
		numbers: map[ref]int{},
		covered: map[int]*[]object{},
		removed: map[trace.Trace]bool{},
		left:    map[trace.Trace]bool{},
	}
	var saved bytes.Buffer
	err := d.do(ctx, func() error {
		d.traces(w.removed)
		for n := range d.pages {
			if err := d.flatten(n, w.removed); err != nil {
				return err
			}
		}
		for _, m := range masks {
			if _, done := w.covered[m.Page]; done {
				continue
			}
			parts, err := d.covered(m.Page, masks)
			if err != nil {
				return err
			}
			w.covered[m.Page] = &parts
		}
		_, err := d.pdf.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{
			Flags:      requests.SaveFlagRemoveSecurity,
			Document:   d.doc,
			FileWriter: &saved,
		})
		return err
	})
	if err != nil {
		return trace.Result{}, err
	}
	if w.in, err = readFile(saved.Bytes()); err == nil {
		w.pages, err = w.in.findPages()
	}
	if err == nil && len(w.pages) != d.pages {
		err = errSyntax
	}
	if err == nil {
		err = w.run()
	}
	if err == nil {
		_, err = out.Write(w.out.Bytes())
	}
	if errors.Is(err, errSyntax) {
		return trace.Result{}, bad(err)
	}
	return trace.Result{
		Format:  "pdf",
		Removed: slices.Sorted(maps.Keys(trues(w.removed))),
		Left:    slices.Sorted(maps.Keys(w.left)),
	}, err
}

func trues(m map[trace.Trace]bool) map[trace.Trace]bool {
	maps.DeleteFunc(m, func(_ trace.Trace, yes bool) bool { return !yes })
	return m
}

// traces notes what the properties of the document tell.
func (d *Document) traces(found map[trace.Trace]bool) {
	for tag, t := range map[string]trace.Trace{
		"Author":       trace.Author,
		"Title":        trace.Title,
		"Subject":      trace.Title,
		"Keywords":     trace.Title,
		"Creator":      trace.Software,
		"Producer":     trace.Software,
		"CreationDate": trace.Date,
		"ModDate":      trace.Date,
	} {
		if got, err := d.pdf.FPDF_GetMetaText(&requests.FPDF_GetMetaText{
			Document: d.doc,
			Tag:      tag,
		}); err == nil && got.Value != "" {
			found[t] = true
		}
	}
	if got, err := d.pdf.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{
		Document: d.doc,
	}); err == nil && got.AttachmentCount > 0 {
		found[trace.Attached] = true
	}
	if got, err := d.pdf.FPDF_GetSignatureCount(&requests.FPDF_GetSignatureCount{
		Document: d.doc,
	}); err == nil && got.Count > 0 {
		found[trace.Author] = true
	}
}

// flatten makes what comments and forms show part of the page.
func (d *Document) flatten(n int, found map[trace.Trace]bool) error {
	p, err := d.page(n)
	if err != nil {
		return err
	}
	if got, err := d.pdf.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{
		Page: p,
	}); err == nil && got.Count > 0 {
		found[trace.Comment] = true
	}
	_, err = d.pdf.FPDFPage_Flatten(&requests.FPDFPage_Flatten{
		Page:  p,
		Usage: requests.FPDFPage_FlattenUsageNormalDisplay,
	})
	return err
}

// covered draws page n with its masks and returns what takes the page's place: its size, the picture, and the order
// to show it.
func (d *Document) covered(n int, masks []judging.Mask) ([]object, error) {
	wide, high, err := d.size(n)
	if err != nil {
		return nil, err
	}
	p, err := d.picture(n, int(min(math.Ceil(wide*coverDPI/pointsPerInch), coverWidth)))
	if err != nil {
		return nil, err
	}
	for _, m := range masks {
		if m.Page == n {
			draw.Draw(
				p, m.Pixels(p.Rect.Dx(), p.Rect.Dy()).Intersect(p.Rect), image.NewUniform(Cover), image.Point{},
				draw.Src,
			)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: coverQuality}); err != nil {
		return nil, err
	}
	return []object{
		{dict: fmt.Sprintf("/MediaBox[0 0 %.3f %.3f]/CropBox[0 0 %.3f %.3f]/Rotate 0", wide, high, wide, high)},
		{
			dict: fmt.Sprintf(
				"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent "+
					"8/Filter/DCTDecode",
				p.Rect.Dx(), p.Rect.Dy(),
			),
			data: b.Bytes(),
		},
		{data: fmt.Appendf(nil, "q %.3f 0 0 %.3f 0 0 cm /P Do Q", wide, high)},
	}, nil
}
