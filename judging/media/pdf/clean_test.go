package pdf_test

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
)

const planted = "WangXiaoming-QingshanSchool"

// marked is a document with its maker's name in every place where programs put it, and words that are no name.
func marked(t testing.TB) []byte {
	p := image.NewGray(image.Rect(0, 0, 8, 8))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	photo := string(b.Bytes()[:2]) + "\xFF\xFE\x00" + string(rune(len(planted)+2)) + planted + string(b.Bytes()[2:])
	return book(12,
		"<</Type/Catalog /Pages 2 0 R /Metadata 8 0 R /Outlines 9 0 R /Names<</EmbeddedFiles<</Names[("+planted+
			") 10 0 R]>>>> /PageMode/UseOutlines>>",
		"<</Type/Pages /Kids[3 0 R 13 0 R] /Count 2>>",
		"<</Type/Page /Parent 2 0 R /MediaBox[0 0 200 100] /Contents 4 0 R /Annots[6 0 R] /PieceInfo<</P ("+planted+
			")>> /Resources<</Font<</F 5 0 R>>/XObject<</Metadata 7 0 R>>>>>>",
		stream("", "0 90 10 10 re f BT /F 12 Tf 20 50 Td (Spring tea) Tj ET q 20 0 0 20 100 10 cm /Metadata Do Q"),
		"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>",
		"<</Type/Annot /Subtype/Text /Rect[10 10 30 30] /T("+planted+") /Contents("+planted+") /M(D:20260101)>>",
		stream(
			"/Type/XObject /Subtype/Image /Width 8 /Height 8 /ColorSpace/DeviceGray /BitsPerComponent 8 "+
				"/Filter/DCTDecode /Metadata 8 0 R",
			photo,
		),
		stream("/Type/Metadata /Subtype/XML", "<x:xmpmeta>"+planted+"</x:xmpmeta>"),
		"<</Type/Outlines /First 11 0 R /Last 11 0 R /Count 1>>",
		"<</Type/Filespec /F("+planted+") /EF<</F 8 0 R>>>>",
		"<</Title("+planted+") /Parent 9 0 R /Dest[3 0 R /Fit]>>",
		"<</Author("+planted+") /Title("+planted+") /CreationDate(D:20260101)>>",
		"<</Type/Page /Parent 2 0 R /MediaBox[0 0 200 100] /Rotate 90 /Contents 14 0 R /Resources<</Font<</F 5 "+
			"0 R>>>>>>",
		stream("", "BT /F 12 Tf 20 50 Td (second page) Tj ET"))
}

// unpacked returns a document with the streams that zlib packed laid open behind it.
func unpacked(data []byte) string {
	out := string(data)
	for _, at := range regexp.MustCompile(`stream\r?\n`).FindAllIndex(data, -1) {
		if z, err := zlib.NewReader(bytes.NewReader(data[at[1]:])); err == nil {
			b, _ := io.ReadAll(z)
			out += string(b)
		}
	}
	return out
}

func cleaned(t *testing.T, data []byte, masks ...judging.Mask) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := open(t, data).Clean(t.Context(), &out, masks); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestACopyNamesNobodyAndLooksTheSame(t *testing.T) {
	in := marked(t)
	out := cleaned(t, in)
	if text := unpacked(out); strings.Contains(text, "Xiaoming") || strings.Contains(text, "2026") {
		t.Error("the copy still tells of its maker")
	}
	if !bytes.Equal(out, cleaned(t, in)) {
		t.Error("two copies of one document differ")
	}
	a, b := open(t, bytes.ReplaceAll(in, []byte("/Annots"), []byte("/Nothin"))), open(t, out)
	if b.Pages() != 2 {
		t.Fatalf("%d pages", b.Pages())
	}
	for n := range 2 {
		p, err := a.Picture(t.Context(), n, 300)
		if err != nil {
			t.Fatal(err)
		}
		q, err := b.Picture(t.Context(), n, 300)
		if err != nil {
			t.Fatal(err)
		}
		if n == 1 && !bytes.Equal(p.Pix, q.Pix) {
			t.Errorf("page %d looks different", n+1)
		}
		if q.At(5, 5) != (color.RGBA{0, 0, 0, 255}) && n == 0 {
			t.Error("the square is gone")
		}
	}
	if text, err := b.Text(t.Context(), 0); text != "Spring tea" || err != nil {
		t.Errorf("text = %q, %v", text, err)
	}
}

func TestTracesOfADocumentAreNamed(t *testing.T) {
	got, err := open(t, marked(t)).Clean(t.Context(), io.Discard, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"author", "title", "date", "comment"} {
		found := false
		for _, r := range got.Removed {
			found = found || string(r) == want
		}
		if !found {
			t.Errorf("%s is not named in %v", want, got.Removed)
		}
	}
}

func TestAMaskedPageBecomesAPictureWithoutWhatWasCovered(t *testing.T) {
	out := cleaned(t, marked(t), judging.Mask{Page: 0, X: 0, Y: 0, W: .2, H: .2})
	if bytes.Contains(out, []byte("Spring tea")) {
		t.Error("the words of the covered page are still in the file")
	}
	d := open(t, out)
	if text, err := d.Text(t.Context(), 0); text != "" || err != nil {
		t.Errorf("the covered page still has words: %q, %v", text, err)
	}
	if text, err := d.Text(t.Context(), 1); text != "second page" || err != nil {
		t.Errorf("the other page lost its words: %q, %v", text, err)
	}
	p, err := d.Picture(t.Context(), 0, 200)
	if err != nil {
		t.Fatal(err)
	}
	if r, g, _, _ := p.At(5, 5).RGBA(); r>>8 < 190 || r>>8 > 210 || g>>8 < 190 {
		t.Errorf("the mask is %v", p.At(5, 5))
	}
	if r, _, _, _ := p.At(150, 20).RGBA(); r>>8 < 250 {
		t.Errorf("paper beside the mask is %v", p.At(150, 20))
	}
	turned := open(t, cleaned(t, marked(t), judging.Mask{Page: 1, W: 1, H: .1}))
	if w, h, err := turned.Size(t.Context(), 1); w != 100 || h != 200 || err != nil {
		t.Errorf("the turned page is %v x %v, %v", w, h, err)
	}
}

// withPhoto is a document of one page that shows a photograph, whose dictionary has the entry filter, and strings
// in places of no standard.
func withPhoto(filter string, data []byte) []byte {
	return book(0, "<</Type/Catalog /Pages 2 0 R /OCProperties<</OCGs[7 0 R] /D<</Order[("+planted+") 7 0 R]>>>>>>",
		"<</Type/Pages /Kids[3 0 R] /Count 1 /House("+planted+")>>",
		"<</Type/Page /Parent 2 0 R /MediaBox[0 0 200 100] /Contents 4 0 R /Seen 6 0 R /Resources<</XObject<</I 5 0 "+
			"R /K 8 0 R>>>>>>",
		stream("/Of("+planted+")", "20 0 0 20 100 10 cm /I Do 1 0 0 1 -2 0 cm /K Do"),
		stream(
			"/Type/XObject /Subtype/Image /Width 8 /Height 8 /ColorSpace/DeviceGray /BitsPerComponent 8 /Filter"+filter,
			string(data),
		),
		"("+planted+")",
		"<</Type/OCG /Name("+planted+") /Intent("+planted+") /Usage<</CreatorInfo<</Creator("+planted+")>>>>>>",
		stream(
			"/Type/XObject /Subtype/Image /Width 1 /Height 1 /ColorSpace[/Indexed/DeviceRGB 1<FF0000 00FF00>] "+
				"/BitsPerComponent 8",
			"\x01",
		))
}

func TestWordsInUnknownPlacesAndPhotographsInAnySpellingAreCleaned(t *testing.T) {
	var plain, packed bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	b := plain.Bytes()
	photo := slices.Concat(b[:2], []byte("\xFF\xFE\x00"), []byte{byte(len(planted) + 2)}, []byte(planted), b[2:])
	z := zlib.NewWriter(&packed)
	z.Write(photo)
	z.Close()
	for filter, data := range map[string][]byte{
		"/DCTDecode":                photo,
		"[/DCTDecode]":              photo,
		"[/FlateDecode /DCTDecode]": packed.Bytes(),
	} {
		t.Run(filter, func(t *testing.T) { // four documents are open at once, at most
			in := withPhoto(filter, data)
			out := cleaned(t, in)
			if strings.Contains(unpacked(out), "Xiaoming") {
				t.Errorf("the copy still tells of its maker:\n%q", out)
			}
			before, err := open(t, in).Picture(t.Context(), 0, 200)
			if err != nil {
				t.Fatal(err)
			}
			after, err := open(t, out).Picture(t.Context(), 0, 200)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before.Pix, after.Pix) {
				t.Error("the page looks different")
			}
		})
	}
}

// FuzzClean cleans whole documents by the engine and the writer behind it: a copy has the pages that the document has,
// opens, and has nothing to be taken out of.
func FuzzClean(f *testing.F) {
	f.Add(marked(f))
	f.Add(plain("Spring tea"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := engine.Open(t.Context(), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		defer d.Close()
		if d.Pages() > 3 {
			return
		}
		var out bytes.Buffer
		if _, err := d.Clean(t.Context(), &out, nil); err != nil {
			return
		}
		copied, err := engine.Open(t.Context(), bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatalf("the copy can't be opened: %v", err)
		}
		defer copied.Close()
		if copied.Pages() != d.Pages() {
			t.Fatalf("%d pages of %d", copied.Pages(), d.Pages())
		}
		for n := range copied.Pages() {
			if _, err := copied.Text(t.Context(), n); err != nil && judging.CodeOf(err) != judging.Invalid {
				t.Errorf("text of page %d: %v", n, err)
			}
		}
		again, err := copied.Clean(t.Context(), io.Discard, nil)
		if err != nil && judging.CodeOf(err) != judging.Invalid || len(again.Removed) > 0 {
			t.Errorf("the copy still tells %v, %v", again.Removed, err)
		}
	})
}

// TestAFaxLooksAsBefore: the engine draws it from its codes in the document and from plain pixels in the copy. Half of
// it is black: each row is 4 white pixels and 4 black ones, then one as the row above, coded by hand (ITU-T T.6).
func TestAFaxLooksAsBefore(t *testing.T) {
	// horizontal mode 001, white run of 4 1011, black run of 4 011; a row like the one above V0 V0; the end
	const fax = "\x36\xFF\x00\x10\x01"
	look := func(t *testing.T, data []byte) *image.RGBA {
		p, err := open(t, data).Picture(t.Context(), 0, 80)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, more := range []string{"", "/BlackIs1 true", "/BlackIs1 false"} {
		for _, mask := range []string{
			"/ColorSpace/DeviceGray/BitsPerComponent 1", "/ImageMask true", "/ImageMask true/Decode[1 0]",
		} {
			t.Run(mask+more, func(t *testing.T) {
				in := book(0, "<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[3 0 R] /Count 1>>",
					"<</Type/Page /Parent 2 0 R /MediaBox[0 0 80 20] /Contents 4 0 R "+
						"/Resources<</XObject<</I 5 0 R>>>>>>",
					stream("", "0 1 0 rg q 80 0 0 20 0 0 cm /I Do Q"),
					stream("/Type/XObject /Subtype/Image /Width 8 /Height 2 "+mask+" /Filter/CCITTFaxDecode "+
						"/DecodeParms<</K -1 /Columns 8 /Rows 2 "+more+">>", fax))
				out := cleaned(t, in)
				if bytes.Contains(out, []byte("CCITT")) {
					t.Fatal("the fax was not written again")
				}
				before, after := look(t, in), look(t, out)
				if before.At(10, 10) == before.At(70, 10) {
					t.Fatalf("the fax has one colour: %v", before.At(10, 10))
				}
				if !bytes.Equal(before.Pix, after.Pix) {
					t.Errorf("%v and %v before, %v and %v afterwards", before.At(10, 10), before.At(70, 10),
						after.At(10, 10),
						after.At(70, 10))
				}
			})
		}
	}
}
