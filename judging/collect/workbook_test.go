package collect

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
)

func aKit(t testing.TB) *Kit {
	t.Helper()
	all, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	words := all.In("zh-Hans").T
	return &Kit{
		Contest: judging.Contest{ID: "c0123", Name: "2026年法治文化作品征集", Host: "示例县司法局"},
		Rules: judging.Rules{
			Categories: []judging.Category{
				{Name: "书法", Alias: []string{"硬笔"}, Requires: &judging.Requires{
					Kinds: []string{"picture"}, MaxMB: 10, MinLong: 2000,
				}},
				{Name: "绘画"}, {Name: "微视频", Requires: &judging.Requires{MinSeconds: 30, MaxSeconds: 300}},
			},
			Groups: []judging.GroupRule{{Name: "小学组", Minor: true}, {Name: "中学组", Minor: true}, {Name: "成人组"}},
		},
		Terms: Terms{Deadline: "2026-12-20", To: "示例县司法局普法科"},
		Texts: DefaultTexts(words), Today: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC), Words: words,
	}
}

const itsUnit = "示例县第一小学"

// entry is a work as somebody fills it in; its order is that of the columns behind the number.
type entry [11]string

// entries have what people write: titles that look like notes, examples or totals, numbers as texts, blanks.
var entries = []entry{
	{"与法同行", "书法", "小学组", "张三、李四", "示例县第一小学", "王老师", "13800138000", "写了一幅字。", "与法同行.jpg", "是", ""},
	{"备注：人生", "绘画", "中学组", "赵六", "示例县第二中学", "", "0515-88880000", "", "画.png", "否", "急"},
	{"合计", "微视频", "成人组", "孙七", "示例县文化馆", "", "13900139000", "一分钟的片子，\n分两段。", "片.mp4", "", ""},
	{"2026", "书法", "小学组", "周八", "示例县第一小学", "吴老师、郑老师", "", "", "", "是", ""},
	{"作者", "绘画", "小学组", "欧阳修远", "示例县第一小学", "", "13700137000", "书法与绘画", "", "否", ""},
	{"如何守法", "书法", "中学组", "诸葛某", "示例县第二中学", "", "", "=1+1", "a、b", "是", ""},
	{"第一小学的早晨", "绘画", "小学组", "陈某", "示例县第一小学", "", "", "", "", "", ""},
}

// filled is the workbook of the unit with all entries.
func filled(t *testing.T, k *Kit) *excelize.File {
	t.Helper()
	files, err := k.Files(Unit{Name: itsUnit, Quota: 20})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(files, func(f File) bool { return strings.HasSuffix(f.Name, ".xlsx") })
	f, err := excelize.OpenReader(bytes.NewReader(files[i].Data))
	if err != nil {
		t.Fatal(err)
	}
	put(t, f, entries)
	return f
}

func put(t *testing.T, f *excelize.File, list []entry) {
	t.Helper()
	for r, e := range list {
		for c, v := range e {
			check(t, f.SetCellStr("作品登记表", at(c+2, firstRow+r), v))
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func saved(t *testing.T, f *excelize.File, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	check(t, f.SaveAs(path))
	check(t, f.Close())
	return path
}

// profile is the folder in which LibreOffice keeps its settings, the same one for all tests: to make one takes long.
var profile string

func TestMain(m *testing.M) {
	var err error
	if profile, err = os.MkdirTemp("", "fayi-office-*"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(profile)
	os.Exit(code)
}

// byOffice lets LibreOffice save a file in another format.
func byOffice(t *testing.T, path, as, ending string) string {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("no soffice")
	}
	if testing.Short() {
		t.Skip("LibreOffice")
	}
	out := filepath.Join(t.TempDir(), "lo")
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+profile,
		"--headless", "--norestore", "--convert-to", as, "--outdir", out, path)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+ending)
}

// copied copies the cells of the first sheet as they stand into a new file, from a row on.
func copied(t *testing.T, f *excelize.File, from int) *excelize.File {
	t.Helper()
	rows, err := f.GetRows("作品登记表")
	check(t, err)
	n := excelize.NewFile()
	for r := from - 1; r < len(rows); r++ {
		for c, v := range rows[r] {
			check(t, n.SetCellStr("Sheet1", at(c+1, r+2-from), v))
		}
	}
	return n
}

// retyped changes the heads as people do.
func retyped(t *testing.T, f *excelize.File) {
	t.Helper()
	for c, v := range []string{"号", "名", "哪一类", "级别", "谁画的", "哪里的", "谁教的", "怎么找", "讲了什么", "放在哪", "给不给看", "别的"} {
		check(t, f.SetCellStr("作品登记表", at(c+1, headRow), v))
	}
}

type way struct {
	name string
	do   func(t *testing.T, f *excelize.File, dir string) (path string)
}

var ways = []way{
	{"as it is", func(t *testing.T, f *excelize.File, dir string) string { return saved(t, f, dir, "a.xlsx") }},
	{"LibreOffice", func(t *testing.T, f *excelize.File, dir string) string {
		return byOffice(t, saved(t, f, dir, "a.xlsx"), "xlsx", ".xlsx")
	}},
	{"xls", func(t *testing.T, f *excelize.File, dir string) string {
		return byOffice(t, saved(t, f, dir, "a.xlsx"), "xls", ".xls")
	}},
	{"ods", func(t *testing.T, f *excelize.File, dir string) string {
		return byOffice(t, saved(t, f, dir, "a.xlsx"), "ods", ".ods")
	}},
	{"csv with heads retyped", func(t *testing.T, f *excelize.File, dir string) string {
		retyped(t, f)
		return byOffice(t, saved(t, f, dir, "a.xlsx"), "csv:Text - txt - csv (StarCalc):44,34,76,1", ".csv")
	}},
	{"csv in GB18030", func(t *testing.T, f *excelize.File, dir string) string {
		path := byOffice(t, saved(t, f, dir, "a.xlsx"), "csv:Text - txt - csv (StarCalc):44,34,76,1", ".csv")
		data, err := os.ReadFile(path)
		check(t, err)
		data, err = simplifiedchinese.GB18030.NewEncoder().Bytes(data)
		check(t, err)
		check(t, os.WriteFile(path, data, 0o600))
		return path
	}},
	{"sorted, the example among the works", func(t *testing.T, f *excelize.File, dir string) string {
		order := slices.Clone(entries)
		slices.SortFunc(order, func(a, b entry) int { return strings.Compare(a[3], b[3]) })
		var example entry
		for c := range example {
			v, err := f.GetCellValue("作品登记表", at(c+2, exampleRow))
			check(t, err)
			example[c] = v
		}
		put(t, f, slices.Insert(order, 2, example))
		check(t, f.RemoveRow("作品登记表", exampleRow))
		return saved(t, f, dir, "a.xlsx")
	}},
	{"rows inserted", func(t *testing.T, f *excelize.File, dir string) string {
		for _, row := range []int{firstRow + 5, firstRow + 2, firstRow + 2, headRow, keyRow, 1} {
			check(t, f.InsertRows("作品登记表", row, 1))
		}
		check(t, f.SetCellStr("作品登记表", "A1", "附件1"))
		return saved(t, f, dir, "a.xlsx")
	}},
	{"heads retyped", func(t *testing.T, f *excelize.File, dir string) string {
		retyped(t, f)
		return saved(t, f, dir, "a.xlsx")
	}},
	{"heads and example deleted", func(t *testing.T, f *excelize.File, dir string) string {
		check(t, f.RemoveRow("作品登记表", exampleRow))
		check(t, f.RemoveRow("作品登记表", headRow))
		return saved(t, f, dir, "a.xlsx")
	}},
	{"copied into a new file, heads retyped", func(t *testing.T, f *excelize.File, dir string) string {
		retyped(t, f)
		return saved(t, copied(t, f, 1), dir, "新建 Microsoft Excel 工作表.xlsx")
	}},
	{"copied into a new file without the hidden row", func(t *testing.T, f *excelize.File, dir string) string {
		check(t, f.RemoveRow("作品登记表", keyRow))
		return saved(t, copied(t, f, 1), dir, "新建 XLSX 工作表.xlsx")
	}},
	{"columns moved and one inserted", func(t *testing.T, f *excelize.File, dir string) string {
		retyped(t, f)
		check(t, f.UnprotectSheet("作品登记表"))
		n := copied(t, f, 1)
		check(t, n.InsertCols("Sheet1", "C", 1))
		for r := 1; r < firstRow+len(entries); r++ {
			a, _ := n.GetCellValue("Sheet1", at(2, r))
			b, _ := n.GetCellValue("Sheet1", at(6, r))
			check(t, n.SetCellStr("Sheet1", at(2, r), b))
			check(t, n.SetCellStr("Sheet1", at(6, r), a))
		}
		check(t, n.SetCellStr("Sheet1", at(3, headRow), "补充"))
		return saved(t, n, dir, "a.xlsx")
	}},
	{"a work typed over the example", func(t *testing.T, f *excelize.File, dir string) string {
		check(t, f.RemoveRow("作品登记表", firstRow+len(entries)-1))
		last := entries[len(entries)-1]
		for c, v := range last {
			check(t, f.SetCellStr("作品登记表", at(c+2, exampleRow), v))
		}
		return saved(t, f, dir, "a.xlsx")
	}},
}

func TestAWorkbookReadsBackWhateverBecameOfIt(t *testing.T) {
	k := aKit(t)
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			path := w.do(t, filled(t, k), t.TempDir())
			got, senders := readBack(t, k, path)
			want := map[string]entry{}
			for _, e := range entries {
				want[e[0]] = e
			}
			if !reflect.DeepEqual(got, want) {
				for title := range want {
					if got[title] != want[title] {
						t.Errorf("%q\n got %q\nwant %q", title, got[title], want[title])
					}
				}
				t.Errorf("%d works of %d", len(got), len(want))
			}
			if !reflect.DeepEqual(senders, map[string]bool{itsUnit: true}) {
				t.Errorf("senders %v", senders)
			}
		})
	}
}

// readBack reads a workbook as any list of works is read.
func readBack(t *testing.T, k *Kit, path string) (map[string]entry, map[string]bool) {
	t.Helper()
	book, err := read.Open(path, filepath.Base(path), grid.Limits{})
	check(t, err)
	defer book.Close()
	got, senders := map[string]entry{}, map[string]bool{}
	_, problems, err := table.ReadWorks(context.Background(), book, k.Rules,
		mapping.Options{Contest: string(k.Contest.ID), Call: k.Mark()}, func(r table.WorkRow) error {
			w := r.Work
			if r.Rejected() {
				t.Errorf("rejected: %+v", r)
			}
			e := entry{w.Title, w.Category, w.Group, strings.Join(w.Authors, "、"), w.Unit,
				strings.Join(w.Teachers, "、"), w.Phone, w.Intro, w.FileName, w.More[consent.Field],
				w.More["remark"]}
			if _, twice := got[w.Title]; twice {
				t.Errorf("%s came twice", w.Title)
			}
			got[w.Title] = e
			senders[w.Sender] = true
			return nil
		})
	check(t, err)
	for _, p := range problems {
		t.Errorf("told: %+v", p)
	}
	return got, senders
}

func TestListsToChooseFromAreThereInLibreOffice(t *testing.T) {
	k := aKit(t)
	for i := range 40 { // more than a cell's own list holds
		k.Rules.Groups = append(k.Rules.Groups, judging.GroupRule{Name: fmt.Sprintf("示例县第%d中学联合组", i)})
	}
	path := byOffice(t, saved(t, filled(t, k), t.TempDir(), "a.xlsx"), "ods", ".ods")
	z, err := zip.OpenReader(path)
	check(t, err)
	defer z.Close()
	f, err := z.Open("content.xml")
	check(t, err)
	data, err := io.ReadAll(f)
	check(t, err)
	for _, want := range []string{
		"&quot;书法&quot;;&quot;绘画&quot;;&quot;微视频&quot;", "$填写说明", "cell-content-text-length",
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("LibreOffice does not know %s", want)
		}
	}
}

func TestAKitIsTheSameBytesEachTime(t *testing.T) {
	a, err := aKit(t).Files(Unit{Name: itsUnit})
	check(t, err)
	b, err := aKit(t).Files(Unit{Name: itsUnit})
	check(t, err)
	if !reflect.DeepEqual(a, b) {
		t.Error("two kits differ")
	}
	var names []string
	for _, f := range a {
		names = append(names, f.Name)
	}
	want := "[征集通知.docx 附件1 作品登记表.xlsx 附件2 单件作品登记表.docx 附件3 原创承诺书.docx 附件4 未成年人参赛监护人同意书.docx 附件5 作品报送要求.docx]"
	if got := fmt.Sprint(names); got != want {
		t.Error(got)
	}
}
