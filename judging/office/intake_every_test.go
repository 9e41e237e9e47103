package office_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// zipped packs files into a zip.
func zipped(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, data := range files {
		f, err := w.Create(name)
		must(t, err)
		_, err = f.Write(data)
		must(t, err)
	}
	must(t, w.Close())
	return out.Bytes()
}

// everyKind makes a folder with files of each sort that lies among works, and returns its root. Within archives an
// archive is a folder.
func everyKind(t *testing.T) (root string, inside []string) {
	t.Helper()
	root = t.TempDir()
	book, err := os.ReadFile(table(t, "x.xlsx", header, []any{"别的作品", "书法", "小学组", "丁某", "示例三小", "", ""}))
	must(t, err)
	files := map[string][]byte{
		"书法-宪法在心中-甲某.txt":      []byte("一"),
		"分册/守法歌.txt":           []byte("二"),
		"分册/别人的.txt":           []byte("三"),
		"没有后缀":                 []byte("四"),
		"空的.jpg":               nil,
		"程序.exe":               []byte("MZ\x90\x00"),
		"换\n行.txt":             []byte("五"),
		"别的清单.xlsx":            book,
		"分册/别的清单.xlsx":         book,
		"坏的.xlsx":              book[:len(book)/2],
		"老的.xls":               []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken"),
		"清单.csv":               []byte("作品名称,类别\n别的,书法\n"),
		"网页.html":              []byte("<html><table><tr><td>作品名称</td></tr></table></html>"),
		"坏的.zip":               []byte("PK\x03\x04 broken"),
		"来稿.zip":               zipped(t, map[string][]byte{"包里.txt": []byte("六"), "包里的表.xlsx": book}),
		"坏的.rar":               []byte("Rar!\x1a\x07\x01\x00 broken"),
		"Thumbs.db":            []byte("x"),
		"~$书法.docx":            []byte("x"),
		"__MACOSX/._守法歌.txt":   []byte("x"),
		intake.BatchLetterName: []byte("x"),
	}
	for name, data := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, data, 0o600))
	}
	must(t, os.Symlink(filepath.Join(root, "没有后缀"), filepath.Join(root, "链接.txt")))
	must(t, os.Symlink(filepath.Join(root, "不在"), filepath.Join(root, "断链.txt")))
	return root, []string{"来稿.zip/包里.txt", "来稿.zip/包里的表.xlsx"}
}

// recognised are the files that are no work and no list of anybody, by their names.
var recognised = []string{"Thumbs.db", "~$书法.docx", "__MACOSX/._守法歌.txt", intake.BatchLetterName}

// TestEveryFileOfAFolderIsTakenToldOrRecognised imports the folder as media of a list, as the list's own folder, and as
// the only source; first to look, then to keep.
func TestEveryFileOfAFolderIsTakenToldOrRecognised(t *testing.T) {
	root, all := everyKind(t)
	list := table(t, "甲.xlsx", header,
		[]any{"宪法在心中", "书法", "小学组", "甲某", "示例一小", "", ""}, []any{"守法歌", "歌曲", "", "丙某", "示例二小", "", ""})
	within := filepath.Join(root, "总清单.xlsx") // as people keep it: next to the works
	raw, err := os.ReadFile(list)
	must(t, err)
	must(t, os.WriteFile(within, raw, 0o600))
	must(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "来稿.zip" {
			name, _ := filepath.Rel(root, path)
			all = append(all, filepath.ToSlash(name))
		}
		return err
	}))
	for name, req := range map[string]intake.ImportRequest{
		"media":        {Sources: []string{list}, Media: []string{root}},
		"list in it":   {Sources: []string{within}, Media: []string{root}},
		"media only":   {Media: []string{root}},
		"one source":   {Sources: []string{root}},
		"source twice": {Sources: []string{list, root}},
	} {
		for _, dry := range []bool{true, false} {
			o := newOffice(t)
			req.DryRun = dry
			r, err := o.Intake().ImportWorks(t.Context(), req, nil)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			ended := endsOf(t, o, r)
			for _, file := range all {
				switch {
				case slices.Contains(recognised, file):
				case slices.ContainsFunc(ended, func(e string) bool {
					return e == file || strings.HasSuffix(e, "/"+file)
				}):
				case name == "list in it" && file == "总清单.xlsx":
				case dry && strings.HasSuffix(file, "守法歌.txt"), dry && strings.HasSuffix(file, "甲某.txt"):
				default:
					t.Errorf("%s, dry %v: of %q nothing is said", name, dry, file)
				}
			}
		}
	}
}

// endsOf lists the files of which an import says what became of them: read as lists, named with a reason, or attached.
func endsOf(t *testing.T, o *office.Office, r intake.ImportReport) (out []string) {
	t.Helper()
	for _, p := range r.Problems {
		out = append(out, p.File)
	}
	for _, f := range r.Loose {
		out = append(out, f.Path)
	}
	for _, m := range r.Mappings {
		out = append(out, m.File)
	}
	for _, row := range r.Rows {
		out = append(out, row.File)
	}
	works, err := o.Works(t.Context(), office.WorkFilter{})
	must(t, err)
	for _, w := range works {
		for _, f := range w.Files {
			out = append(out, f.Name)
			if f.Name == "守法歌.txt" {
				out = append(out, "分册/守法歌.txt")
			}
		}
	}
	return out
}
