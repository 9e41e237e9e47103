package letter

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestALetterIsWellFormedWhateverItSays(t *testing.T) {
	l := Letter{
		Title:       "关于报送<作品>的函 & \x00\x1f",
		To:          "示例市司法局",
		Body:        []string{"一、现报送王𠅤等 \"3\" 件。", ""},
		Attachments: []string{"汇总表", "清单"},
		From:        "示例县司法局",
		Date:        "2020年5月12日",
	}
	var a, b bytes.Buffer
	if err := Write(&a, l); err != nil {
		t.Fatal(err)
	}
	if err := Write(&b, l); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("two writings differ: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(a.Bytes()), int64(a.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if text, ok := token.(xml.CharData); ok {
				all.Write(text)
			}
		}
	}
	for _, want := range []string{"关于报送<作品>的函 & ", "示例市司法局：", "王𠅤等 \"3\" 件", "附件：1. 汇总表", "2. 清单", "2020年5月12日"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the letter lacks %q: %s", want, &all)
		}
	}
}

// A letter of many pages numbers them: the footer is a part that the document, its relations and the list of types
// name.
func TestThePagesOfALetterAreNumbered(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, Letter{Title: "公示"}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"word/document.xml":            `w:type="default" r:id="rId3"`,
		"word/_rels/document.xml.rels": `Target="footer1.xml"`,
		"[Content_Types].xml":          `PartName="/word/footer1.xml"`,
		"word/footer1.xml":             `w:instr="PAGE"`,
	} {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s lacks %s: %v", name, want, err)
		}
	}
}

// A short list that stands below what is above it begins no page, and one that goes along does.
func TestAListBeginsAPageUnlessItStandsBelow(t *testing.T) {
	for _, mark := range []string{"", "附件1"} {
		for _, below := range []bool{false, true} {
			table := Table{Mark: mark, Title: "清单", Head: []string{"一"}, Wide: []int{1}, Below: below}
			text := Letter{Title: "函", Tables: []Table{table, table}}.document()
			breaks, want := strings.Count(text, "<w:pageBreakBefore/>"), 2
			if below {
				want = 0
			}
			if breaks != want {
				t.Errorf("mark %q, below %v: %d pages begin", mark, below, breaks)
			}
		}
	}
}
