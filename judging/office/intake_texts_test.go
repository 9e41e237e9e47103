package office_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// A list in a text or a page that lies in a folder or an archive is read; a work that is a text stays a work's file,
// even where it begins with what it is.
func TestListsInTextsAndPagesOfAFolderAreRead(t *testing.T) {
	texts := map[string]string{
		"汇总/名单.txt":  "序号\t作品名称\t作者\t类别\n1\t守护\t甲某\t征文\n2\t规矩\t乙某\t征文\n",
		"汇总/网页.html": "<html><table><tr><td>作品名称<td>作者姓名<td>类别</tr><tr><td>家风<td>丙某<td>征文</tr></table></html>",
		"作品/守护.txt":  "作品名称：守护\n作者：甲某\n类别：征文\n\n从前有一座山，山上有一座法庭，法庭里的人守着公平。\n",
		"作品/规矩.txt":  "没有规矩，不成方圆。爷爷常说这句话，作者我记在心里。\n",
	}
	folder := t.TempDir()
	archived := filepath.Join(t.TempDir(), "来稿.zip")
	f, err := os.Create(archived)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for name, text := range texts {
		path := filepath.Join(folder, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(text), 0o600))
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	must(t, z.Close())
	must(t, f.Close())
	for _, source := range []string{folder, archived} {
		o := newOffice(t)
		r := importAll(t, o, intake.ImportRequest{Sources: []string{source}})
		works, _ := o.Works(t.Context(), office.WorkFilter{})
		if len(works) != 3 || r.Accepted != 3 {
			t.Fatalf("%s: %d works, %+v", filepath.Base(source), len(works), r.RowTally)
		}
		for _, w := range works {
			if w.Title != "家风" && len(w.Files) != 1 {
				t.Errorf("%s: %q has %d files", filepath.Base(source), w.Title, len(w.Files))
			}
		}
	}
}
