package pdf

import (
	"testing"

	"fayi/judging/media/scrub"
)

const small = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
	"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R>>\nendobj\n4 0 obj\n<</Type/Metadata/Length 1>>\nstream\nx\nendstream\nendobj\n" +
	"5 0 obj\n<</Length 6 0 R>>\nstream\nq Q\nendstream\nendobj\n6 0 obj\n3\nendobj\n" +
	"xref\n0 7\n0000000000 65535 f \n0000000009 00000 n \n0000000069 00000 n \n0000000120 00000 n \n0000000196 00000 n \n0000000258 00000 n \n0000000312 00000 n \n" +
	"trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n329\n%%EOF\n"

func rewrite(t *testing.T, data []byte) ([]byte, error) {
	f, err := readFile(data)
	if err != nil {
		return nil, err
	}
	w := &rewriter{ctx: t.Context(), in: f, numbers: map[ref]int{}, covered: map[int]*[]object{}, removed: map[scrub.Trace]bool{}, left: map[scrub.Trace]bool{}}
	if w.pages, err = f.findPages(); err != nil {
		return nil, err
	}
	err = w.run()
	return w.out.Bytes(), err
}

func FuzzRewrite(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("xref\n0 1\n0000000000 00000 n \ntrailer\n<</Root 1 0 R/A[(\\)(x)) <41> /N true 1 0 R]>>startxref\n0"))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := rewrite(t, data)
		if err != nil {
			return
		}
		if _, err := rewrite(t, out); err != nil {
			t.Errorf("the copy can't be read: %v", err)
		}
	})
}

func TestASmallFileIsRewrittenWithoutItsMetadata(t *testing.T) {
	out, err := rewrite(t, []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	f, err := readFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.objects) != 4 { // catalog, pages, page, contents
		t.Errorf("%d objects: %s", len(f.objects), out)
	}
}
