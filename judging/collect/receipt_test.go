package collect

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"fayi/judging"
)

// sentBare is what came from a unit whose first bare works have no file, or only one that was laid aside.
func sentBare(works, bare int) Received {
	r := Received{Unit: Unit{Name: itsUnit}, Day: "2026-11-29"}
	missing := Missing{Said: fmt.Sprintf("%d 件作品没有文件", bare)}
	for i := range works {
		w := judging.Work{Title: fmt.Sprintf("第%02d件%s", i, strings.Repeat("以法治守护青山绿水", 4)), Category: "书法"}
		w.Files = []judging.File{{Name: "a.jpg", Aside: i < bare && i%2 == 0}}
		if i < bare {
			missing.Titles = append(missing.Titles, w.Title)
			if i%2 == 1 {
				w.Files = nil
			}
		}
		r.Works = append(r.Works, w)
	}
	if bare > 0 {
		r.Lacking = []Missing{missing}
	}
	return r
}

// paragraphs are the texts of the paragraphs of a document, those of cells among them.
func paragraphs(t *testing.T, doc []byte) []string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(doc), int64(len(doc)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range strings.Split(string(data), "</w:p>") {
		_, said, _ := strings.Cut(p, "<w:t ")
		_, said, _ = strings.Cut(said, ">")
		said, _, _ = strings.Cut(said, "</w:t>")
		out = append(out, said)
	}
	return out
}

// Fifty long titles in one sentence filled four pages, in which nobody found anything.
func TestAReceiptNamesManyWorksEachOnALine(t *testing.T) {
	k := aKit(t)
	for _, bare := range []int{0, 1, fewTitles, fewTitles + 1, 50} {
		r := sentBare(50, bare)
		lines := strings.Split(k.ReceiptText(r), "\n")
		var doc bytes.Buffer
		if err := k.WriteReceipt(&doc, r); err != nil {
			t.Fatal(err)
		}
		cells := paragraphs(t, doc.Bytes())
		marked := 0
		for _, c := range cells {
			if c == "缺" {
				marked++
			}
			if n := strings.Count(c, "《第"); n > fewTitles {
				t.Errorf("%d bare: a paragraph names %d titles", bare, n)
			}
		}
		if marked != bare {
			t.Errorf("%d bare: the list marks %d", bare, marked)
		}
		named := 0
		for _, line := range lines {
			n := strings.Count(line, "《第")
			if named += n; n > 1 && bare > fewTitles {
				t.Errorf("%d bare: a line of %d signs names %d", bare, utf8.RuneCountInString(line), n)
			}
		}
		if named != bare {
			t.Errorf("%d bare: the message names %d", bare, named)
		}
		told := strings.Contains(strings.Join(cells, "\n"), "一栏写着“缺”的")
		if told != (bare > fewTitles) {
			t.Errorf("%d bare: the letter says where to look: %v", bare, told)
		}
	}
}
