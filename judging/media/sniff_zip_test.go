package media

import (
	"archive/zip"
	"bytes"
	"testing"
)

// streamed makes a zip whose headers tell no sizes: those come after each file.
func streamed(t *testing.T, method uint16, items ...item) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, it := range items {
		// the writer can't go back, so it streams
		w, err := z.CreateHeader(&zip.FileHeader{Name: it.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(it.body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAStreamedArchiveOfDocumentsIsAnArchive(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		types := item{name: "[Content_Types].xml", body: "<Types wordprocessingml/>"}
		inner := streamed(t, method, types, item{name: "word/document.xml", body: "法治"})
		sent := streamed(t, zip.Store, item{name: "来稿/征文一.docx", body: inner}, item{name: "来稿/征文二.docx", body: inner})
		if kind := Sniff([]byte(sent), "来稿.zip"); kind != Archive {
			t.Errorf("method %d: taken for %v", method, kind)
		}
		if kind := Sniff([]byte(inner), "征文一.docx"); kind != Document {
			t.Errorf("method %d: a streamed document is taken for %v", method, kind)
		}
	}
	late := streamed(t, zip.Store, item{
		name: "docProps/app.xml",
		body: "<a/>",
	}, item{
		name: "empty",
		body: "",
	}, item{
		name: "xl/workbook.xml",
		body: "<b/>",
	})
	if kind := Sniff([]byte(late), ""); kind != Workbook {
		t.Errorf("the third file is not found: %v", kind)
	}
}
