package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging/media/pdf"
)

// engine is what all tests share; cache is its compiled machine.
var (
	engine *pdf.Engine
	cache  = filepath.Join(os.TempDir(), "fayi", "pdf")
)

func TestMain(m *testing.M) {
	engine = pdf.NewEngine(pdf.Config{Cache: cache, Fonts: pdf.SystemFonts()})
	code := m.Run()
	engine.Close()
	os.Exit(code)
}

// book writes a PDF by hand: objects count from 1, the first is the catalog. info, when not 0, is the number of the
// Info dictionary.
func book(info int, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root 1 0 R", len(at)+1)
	if info > 0 {
		fmt.Fprintf(&b, " /Info %d 0 R", info)
	}
	fmt.Fprintf(&b, ">>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}

func stream(dict, body string) string {
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

// plain is a page of 200 by 100 points with a black square in its upper left corner and the words.
func plain(words string) []byte {
	return book(0, "<</Type/Catalog /Pages 2 0 R>>", "<</Type/Pages /Kids[3 0 R] /Count 1>>",
		"<</Type/Page /Parent 2 0 R /MediaBox[0 0 200 100] /Contents 4 0 R /Resources<</Font<</F 5 0 R>>>>>>",
		stream("", "0 90 10 10 re f BT /F 12 Tf 20 50 Td ("+words+") Tj ET"),
		"<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>")
}

func open(t testing.TB, data []byte) *pdf.Document {
	t.Helper()
	d, err := engine.Open(t.Context(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}
