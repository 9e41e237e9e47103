package pdf

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"fayi/judging/media/trace"
)

const small = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>\nendobj\n2 0 obj\n" +
	"<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
	"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 5 0 R>>\nendobj\n4 0 obj\n" +
	"<</Type/Metadata/Length 1>>\nstream\nx\nendstream\nendobj\n" +
	"5 0 obj\n<</Length 6 0 R>>\nstream\nq Q\nendstream\nendobj\n6 0 obj\n3\nendobj\n" +
	"xref\n0 7\n0000000000 65535 f \n0000000009 00000 n \n0000000069 00000 n \n0000000120 00000 n \n0000000196 " +
	"00000 n \n0000000258 00000 n \n0000000312 00000 n \n" +
	"trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n329\n%%EOF\n"

func rewrite(t *testing.T, data []byte) ([]byte, error) {
	f, err := readFile(data)
	if err != nil {
		return nil, err
	}
	w := &rewriter{
		ctx:     t.Context(),
		in:      f,
		numbers: map[ref]int{},
		covered: map[int]*[]object{},
		removed: map[trace.Trace]bool{},
		left:    map[trace.Trace]bool{},
	}
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

// Wherever a file is cut and whichever byte lies, it is refused, or its copy can be copied again.
func TestAFileThatIsCutOrLiesIsRefusedOrCopied(t *testing.T) {
	try := func(what string, data []byte) {
		t.Helper()
		out, err := rewrite(t, data)
		if err == nil {
			_, err = rewrite(t, out)
		}
		if err != nil && !errors.Is(err, errSyntax) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for n := range len(small) {
		try("cut", []byte(small[:n]))
		for _, to := range "\x00(<[/%9R>" {
			lying := []byte(small)
			lying[n] = byte(to)
			try(string(to), lying)
		}
	}
}

// drawn is a file of objects with a right table; the first is the catalog.
func drawn(objects ...string) []byte {
	b := "%PDF-1.7\n"
	table := "0000000000 65535 f \n"
	for i, o := range objects {
		table += pad(len(b)) + " 00000 n \n"
		b += string(rune('1'+i)) + " 0 obj\n" + o + "\nendobj\n"
	}
	return []byte(
		b + "xref\n0 " + string(rune('1'+len(objects))) + "\n" + table +
			"trailer\n<</Root 1 0 R>>\nstartxref\n" + pad(len(b)) + "\n%%EOF\n",
	)
}

func pad(n int) string {
	s := ""
	for range 10 {
		s, n = string(rune('0'+n%10))+s, n/10
	}
	return s
}

func TestFilesThatNoProgramOfOursWroteAreRefused(t *testing.T) {
	pages := "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	for name, data := range map[string][]byte{
		"a page that is its own parent": drawn("<</Pages 2 0 R>>", "<</Kids[2 0 R]>>"),
		"pages that are not there":      drawn("<</Pages(x)>>"),
		"lists within lists": drawn(
			"<</Pages 2 0 R/X "+strings.Repeat("[", 300)+strings.Repeat("]", 300)+">>", pages, "<<>>",
		),
		"an encrypted file": bytes.Replace(
			drawn("<</Pages 2 0 R>>", pages, "<<>>"), []byte("/Root 1 0 R"), []byte("/Root 1 0 R/Encrypt 2 0 R"), 1,
		),
		"a stream beyond the end": drawn(
			"<</Pages 2 0 R>>", pages, "<</Contents 4 0 R>>", "<</Length 99999>>\nstream\nq\nendstream",
		),
		"a stream of minus one": drawn(
			"<</Pages 2 0 R>>", pages, "<</Contents 4 0 R>>", "<</Length -1>>\nstream\nq\nendstream",
		),
		"a length that is its stream": drawn(
			"<</Pages 2 0 R>>", pages, "<</Contents 4 0 R>>", "<</Length 4 0 R>>\nstream\nq\nendstream",
		),
		"a key that is no name": drawn("<</Pages 2 0 R/Y<<(a) 1>>>>", pages, "<<>>"),
		"an object called another": bytes.Replace(
			drawn("<</Pages 2 0 R>>", pages, "<<>>"), []byte("2 0 obj"), []byte("7 0 obj"), 1,
		),
		"a table beyond the end": []byte("%PDF-1.7\nstartxref\n999"),
		"no table":               []byte("%PDF-1.7\nstartxref\n0"),
	} {
		if out, err := rewrite(t, data); !errors.Is(err, errSyntax) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func TestRemarksAndMetadataOfPagesStayBehind(t *testing.T) {
	const planted = "欧阳小明"
	data := drawn(
		"<</Pages 2 0 R/OCProperties<</OCGs[5 0 R]>>>>% "+planted+"\n", "<</Type/Pages/Kids 6 0 R/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Metadata 4 0 R/Contents 4 0 R>>",
		"<</Type/Metadata/Length 12>>\nstream\n"+planted+"\nendstream",
		"<</Type/OCG/Name("+planted+")>>",
		"[3 0 R]",
	)
	out, err := rewrite(t, data)
	if err != nil || bytes.Contains(out, []byte(planted)) {
		t.Errorf("%v: %s", err, out)
	}
}

func TestARewriteStopsWhenAsked(t *testing.T) {
	f, err := readFile([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := &rewriter{
		ctx:     ctx,
		in:      f,
		numbers: map[ref]int{},
		covered: map[int]*[]object{},
		removed: map[trace.Trace]bool{},
		left:    map[trace.Trace]bool{},
	}
	if err := w.run(); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestWhatThingsAreIsKnownByTheirPlace: a reader takes the root for the root and a page for a page, whatever they say
// they are, so that words about the document go, too. An engine counts the attached files of such a root.
func TestWhatThingsAreIsKnownByTheirPlace(t *testing.T) {
	for _, types := range [][3]string{
		{"/Type/Catalog", "/Type/Pages", "/Type/Page"}, {"/Type/Catalng", "/Type/Pagss", "/Type/Pag"}, {"", "", ""},
	} {
		data := drawn(
			"<<"+types[0]+"/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a) 4 0 R]>>>>/Mine 4 0 R>>",
			"<<"+types[1]+"/Kids[3 0 R]/Count 1/Mine 4 0 R>>", "<<"+types[2]+"/Parent 2 0 R/Annots 4 0 R/Mine 4 0 R>>",
			"<</Type/Filespec/EF<</F 4 0 R>>/N/WangXiaoming>>",
		)
		out, err := rewrite(t, data)
		if err != nil {
			t.Fatal(types, err)
		}
		for _, gone := range []string{"Names", "Mine", "Annots", "Filespec", "Xiaoming"} {
			if bytes.Contains(out, []byte(gone)) {
				t.Errorf("%v: %s stays: %s", types, gone, out)
			}
		}
	}
}
