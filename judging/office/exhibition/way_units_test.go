package exhibition_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// posted is a work as its unit sent it: what the test knows by itself.
type posted struct {
	unit, title, category, group, author string

	file []byte
	end  string // of the file's name
}

// sender is a unit with its way to send works.
type sender struct {
	unit  string
	way   func(t *testing.T, kits string, s sender, edition int) string // returns what is brought in
	works []posted
	bad   string // a category that the rules don't know, of its last work; "" for none
}

// columns are those of the registration workbook.
func (w posted) columns() []string {
	return []string{w.title, w.category, w.group, w.author}
}

// fill fills the workbook of the unit's kit in, as a person does, and returns the folder with it and the files.
func fill(t *testing.T, kits string, s sender, _ int) string {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(kits, s.unit, "附件1 作品登记表.xlsx"))
	must(t, err)
	defer f.Close()
	for i, w := range s.works {
		for c, v := range w.columns() {
			at, _ := excelize.CoordinatesToCellName(c+2, 6+i)
			must(t, f.SetCellStr("作品登记表", at, v))
		}
	}
	dir := filepath.Join(t.TempDir(), s.unit)
	must(t, os.Mkdir(dir, 0o755))
	must(t, f.SaveAs(filepath.Join(dir, "作品登记表.xlsx")))
	s.lay(t, dir)
	return dir
}

// lay puts the files of works and the statements into a folder.
func (s sender) lay(t *testing.T, dir string) {
	t.Helper()
	for _, w := range s.works {
		if w.file != nil {
			must(t, os.WriteFile(filepath.Join(dir, w.title+"-"+w.author+w.end), w.file, 0o600))
		}
	}
	for i, name := range []string{"原创承诺书.jpg", "监护人同意书.jpg"} {
		must(t, os.WriteFile(filepath.Join(dir, name), photo(t, 40+len(s.unit), 50+i, 1), 0o600))
	}
}

// office saves the workbook by LibreOffice in another format.
func converted(format, ending string) func(*testing.T, string, sender, int) string {
	return func(t *testing.T, kits string, s sender, edition int) string {
		t.Helper()
		dir, apart := fill(t, kits, s, edition), t.TempDir()
		from, plain := filepath.Join(dir, "作品登记表.xlsx"), filepath.Join(apart, "a.xlsx")
		data, err := os.ReadFile(from)
		must(t, err)
		must(t, os.WriteFile(plain, data, 0o600))
		cmd := exec.Command("soffice", "-env:UserInstallation=file://"+apart+"/profile", "--headless", "--norestore",
			"--convert-to", format, "--outdir", apart, plain)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("LibreOffice: %v %s", err, out)
		}
		data, err = os.ReadFile(filepath.Join(apart, "a."+ending))
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		must(t, os.WriteFile(filepath.Join(dir, "作品登记表."+ending), data, 0o600))
		must(t, os.Remove(from))
		return dir
	}
}

// ownTable writes a table of the unit's own, in GB18030, with heads of its own.
func ownTable(t *testing.T, _ string, s sender, _ int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), s.unit)
	must(t, os.Mkdir(dir, 0o755))
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	must(t, c.Write([]string{"序", "作者姓名", "题目", "报送类别", "参赛组别", "学校"}))
	for i, w := range s.works {
		must(t, c.Write([]string{fmt.Sprint(i + 1), w.author, w.title, w.category, w.group, s.unit}))
	}
	c.Flush()
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "汇总表.csv"), data, 0o600))
	s.lay(t, dir)
	return dir
}

// zipped packs what another way makes.
func zipped(way func(*testing.T, string, sender, int) string) func(*testing.T, string, sender, int) string {
	return func(t *testing.T, kits string, s sender, edition int) string {
		t.Helper()
		dir := way(t, kits, s, edition)
		path := filepath.Join(t.TempDir(), s.unit+".zip")
		f, err := os.Create(path)
		must(t, err)
		z := zip.NewWriter(f)
		must(t, z.AddFS(os.DirFS(dir)))
		must(t, z.Close())
		must(t, f.Close())
		return path
	}
}

// packed makes the zip that the page of the kit makes, from what that page holds and from what its script writes: no
// code of the program that reads it is used.
func packed(t *testing.T, kits string, s sender, edition int) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(kits, s.unit, "报送助手（用浏览器打开）.html"))
	must(t, err)
	m := regexp.MustCompile(`(?s)<script type="application/json" id="rules">(.*?)</script>`).FindSubmatch(page)
	var rules map[string]any
	must(t, json.Unmarshal(m[1], &rules))
	var works []map[string]any
	type item struct {
		name string
		data []byte
	}
	var items []item
	for i, w := range s.works {
		files := []map[string]any{}
		if w.file != nil {
			sum := sha256.Sum256(w.file)
			name := fmt.Sprintf("作品/%03d %s%s", i+1, w.title, w.end)
			files = append(files, map[string]any{"name": name, "was": "IMG_" + fmt.Sprint(i) + w.end,
				"bytes": len(w.file), "sha256": hex.EncodeToString(sum[:]), "part": 1})
			items = append(items, item{name, w.file})
		}
		works = append(works, map[string]any{"row": i + 1, "title": w.title, "category": w.category, "group": w.group,
			"authors": []string{w.author}, "unit": "", "teachers": []string{}, "phone": "", "email": "", "intro": "",
			"remark": "", "reason": "", "problems": []string{}, "files": files})
	}
	id := sha256.Sum256([]byte(s.unit))
	note, err := json.MarshalIndent(map[string]any{"parcel": 1, "id": hex.EncodeToString(id[:8]), "edition": edition,
		"part": 1, "parts": 1, "contest": rules["contest"], "contest_name": rules["name"],
		"rules_version": rules["version"], "rules_hash": rules["hash"], "made": "2020-05-01T08:00:00.000Z",
		"unit": s.unit, "contact": "某人", "phone": "0518-88880000", "email": "", "works": works}, "", " ")
	must(t, err)
	path := filepath.Join(t.TempDir(), fmt.Sprintf("报送包-%s-第%d次.zip", s.unit, edition))
	f, err := os.Create(path)
	must(t, err)
	z := zip.NewWriter(f)
	for _, it := range append([]item{{"fayi-parcel.json", note}}, items...) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: it.name, Method: zip.Store})
		must(t, err)
		_, err = w.Write(it.data)
		must(t, err)
	}
	must(t, z.Close())
	must(t, f.Close())
	return path
}

// docxText are the words of a Word document, by its own tags.
func docxText(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	must(t, err)
	defer z.Close()
	f, err := z.Open("word/document.xml")
	must(t, err)
	defer f.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(f)
	must(t, err)
	rows := strings.NewReplacer("</w:tr>", "\n", "</w:tc>", "|", "</w:p>", " ").Replace(b.String())
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(rows, "")
}
