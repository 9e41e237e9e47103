package sending_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/kitmark"
	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	calls "fayi/judging/office/collect"
	"fayi/judging/office/correction"
	stage "fayi/judging/office/sending"
	"fayi/judging/parcel"
)

// bad is one thing that units send by mistake or on purpose. What it says is looked for in Chinese; in English there
// must be a sentence, too.
type bad struct {
	name string                              // what the file is called
	make func(t *testing.T, h *house) []byte // its bytes
	set  func(t *testing.T, h *house)        // of the contest, before
	door map[string]string                   // by door ("folder", "online"): what the organiser reads
	unit map[string]string                   // what the unit reads: its receipt, or why it was refused
	come map[string]int                      // how many works came in; 0: nothing was taken
}

const (
	folder = "folder"
	online = "online"
)

// both says the same at both doors.
func both[T any](v T) map[string]T { return map[string]T{folder: v, online: v} }

// each says one thing at each door.
func each(inFolder, onLine string) map[string]string {
	return map[string]string{folder: inFolder, online: onLine}
}

var badList = map[string]bad{
	"a workbook of another contest": {
		name: "登记表.xlsx", make: kitBook(func(f *excelize.File) {
			key, _ := f.GetCellValue(sheetOfKits, "A3")
			_ = f.SetCellStr(sheetOfKits, "A3", strings.Replace(key, "|", "|x", 1))
		}),
		door: both("另一次征集发出的"), unit: both("作品 1 件"), come: both(1),
	},
	"a workbook of an earlier call": {
		name: "登记表.xlsx", make: kitBook(func(f *excelize.File) {
			m := kitmark.Mark{Day: "2026-03-01", Offers: []kitmark.Offer{{Name: "书法"}, {Name: "泥塑"}}}
			_ = f.SetCellStr(sheetOfKits, "B3", "fayi-form/1:title|"+m.String())
		}),
		door: both("2026-03-01"), unit: both("作品 1 件"), come: both(1),
	},
	"a workbook without the question of consent": {
		name: "登记表.xlsx", make: kitBook(func(f *excelize.File) {
			_ = f.UnprotectSheet(sheetOfKits)
			_ = f.SetCellStr(sheetOfKits, "B3", "fayi-form/1:title")
			_ = f.RemoveCol(sheetOfKits, "K")
		}),
		door: both("还没有“是否同意展示”一栏"), unit: both("作品 1 件"), come: both(1),
	},
	"a parcel of an earlier call": {
		name: "报送包.zip", make: packOf(school, func(m *parcel.Manifest) {
			offers := []kitmark.Offer{{Name: "书法"}, {Name: "泥塑"}}
			m.Kit = kitmark.Mark{Day: "2026-03-01", Offers: offers, Consent: true}.String()
		}),
		door: both("类别“泥塑”现在不再征集"), unit: both("作品 1 件"), come: both(1),
	},
	"a parcel of another contest": {
		name: "报送包.zip", make: packOf(school, func(m *parcel.Manifest) { m.Contest = "0011223344556677" }),
		door: both("另一次征集"), unit: both("另一次征集"), come: both(0),
	},
	"a parcel of another unit": { // two units with one link; in the folder it is simply theirs
		name: "报送包.zip", make: packOf(other, nil),
		door: each("", "包里写的单位是“"+other+"”"), unit: each("作品 1 件", "这个链接是“"+school+"”的"),
		come: map[string]int{folder: 1, online: 0},
	},
	"a workbook of another unit": {
		name: "登记表.xlsx", make: kitBook(func(f *excelize.File) {
			key, _ := f.GetCellValue(sheetOfKits, "A3")
			_ = f.SetCellStr(sheetOfKits, "A3", strings.Replace(key, school, other, 1))
		}),
		door: both("是发给“" + other + "”的"), unit: both("作品 1 件"), come: both(1),
	},
	"a zip cut off": {
		name: "报送包.zip", make: func(t *testing.T, h *house) []byte {
			all := h.pack(school, 1, nil, 90_000)
			return all[:len(all)/2]
		},
		door: each("没有下载完整", "不完整或打不开"), unit: each("没有下载完整", "不完整或打不开"), come: both(0),
	},
	"a zip with a byte changed": {
		name: "报送包.zip", make: func(t *testing.T, h *house) []byte { return altered(h.pack(school, 1, nil, 3000)) },
		door: each("读不完", "缺失或已损坏"), unit: each("读不完", "缺失或已损坏"), come: both(0),
	},
	"a workbook with macros": {
		name: "登记表.xlsm", make: func(t *testing.T, h *house) []byte {
			return withEntry(t, kitBook(nil)(t, h), "xl/vbaProject.bin", "\xd0\xcf\x11\xe0Auto_Open Shell")
		},
		door: both("宏没有读取，也没有运行"), unit: both("作品 1 件"), come: both(1),
	},
	"an elder workbook with macros": {
		name: "登记表.xls", make: elderBook,
		door: both("宏没有读取，也没有运行"), unit: both("作品 1 件"), come: both(1),
	},
	"a work whose row names another sender": {
		name: "登记表.csv", make: func(*testing.T, *house) []byte {
			return []byte("作品名称,类别,组别,作者,报送单位\n与法同行,书法,小学组,甲," + school + "\n法在身边,书法,小学组,乙," + other + "\n")
		},
		door: each("", "别的报送单位：“"+other+"”"), unit: each("", "作品 1 件"), come: map[string]int{folder: 0, online: 2},
	},
	"a unit that no list has": {
		name: "登记表.csv", make: func(*testing.T, *house) []byte {
			return []byte("报送单位：外县学校\n作品名称,类别,组别,作者,报送单位\n与法同行,书法,小学组,甲,外县学校\n")
		},
		door: each("名单", "别的报送单位：“外县学校”"), unit: each("名单", "作品 1 件"), come: map[string]int{folder: 0, online: 1},
	},
	"after the deadline": {
		name: "报送包.zip", make: packOf(school, nil), set: func(t *testing.T, h *house) {
			day := "2020-01-01"
			_, err := h.office.Collect().SetTerms(t.Context(), calls.TermsChange{Deadline: &day})
			mediatest.Must(t, err)
		},
		door: both("截止"), unit: both("截止"), come: both(1),
	},
	"after sending ended": {
		name: "报送包.zip", make: packOf(school, nil), set: func(t *testing.T, h *house) {
			_, err := h.office.Sending().CloseSending(t.Context())
			mediatest.Must(t, err)
		},
		door: each("", "现在不收"), unit: each("作品 1 件", "现在不收"), come: map[string]int{folder: 1, online: 0},
	},
	"more than the quota": {
		name: "报送包.zip", make: func(_ *testing.T, h *house) []byte { return h.pack(school, 1, nil, 1000, 1001, 1002) },
		door: both("超过限报的 2 件"), unit: both("超过限报的 2 件"), come: both(3),
	},
	"a file of no kind": {
		name: "说明.exe", make: func(*testing.T, *house) []byte { return []byte("MZ\x90\x00program") },
		door: each("", "不收"), unit: each("", "不收"), come: both(0),
	},
}

const sheetOfKits = "作品登记表"

// kitBook is the workbook of the school's kit with one work in it, changed.
func kitBook(change func(f *excelize.File)) func(t *testing.T, h *house) []byte {
	return func(t *testing.T, h *house) []byte {
		kits := filepath.Join(t.TempDir(), "材料")
		_, err := h.office.Collect().WriteKit(t.Context(), calls.KitRequest{Dir: kits}, inChinese(t))
		mediatest.Must(t, err)
		f, err := excelize.OpenFile(filepath.Join(kits, school, "附件1 作品登记表.xlsx"))
		mediatest.Must(t, err)
		defer f.Close()
		for i, v := range []string{"与法同行", "书法", "小学组", "甲某"} {
			at, _ := excelize.CoordinatesToCellName(i+2, 6)
			mediatest.Must(t, f.SetCellStr(sheetOfKits, at, v))
		}
		if change != nil {
			change(f)
		}
		var out bytes.Buffer
		mediatest.Must(t, f.Write(&out))
		return out.Bytes()
	}
}

// elderBook is the workbook as Excel 97 keeps it, with a project of macros in it.
func elderBook(t *testing.T, h *house) []byte {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil || testing.Short() {
		t.Skip("LibreOffice")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "a.xlsx")
	mediatest.Must(t, os.WriteFile(path, kitBook(nil)(t, h), 0o600))
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--norestore", "--convert-to", "xls", "--outdir", dir, path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data := mediatest.Read(t, filepath.Join(dir, "a.xls"))
	entry := func(name string) []byte { // a name as the directory of a compound file holds it, with its length
		out := make([]byte, 66)
		for i, r := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(out[2*i:], r)
		}
		binary.LittleEndian.PutUint16(out[64:], uint16(2*len(name)+2))
		return out
	}
	was := entry("\x05DocumentSummaryInformation")
	at := bytes.Index(data, was)
	if at < 0 {
		t.Fatal("LibreOffice wrote no summary")
	}
	copy(data[at:], entry("_VBA_PROJECT_CUR"))
	return data
}

func packOf(unit string, change func(*parcel.Manifest)) func(*testing.T, *house) []byte {
	return func(_ *testing.T, h *house) []byte { return h.pack(unit, 1, change, 3000) }
}

// withEntry adds a file to a zip.
func withEntry(t *testing.T, data []byte, name, body string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	mediatest.Must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		mediatest.Must(t, w.Copy(f))
	}
	e, err := w.Create(name)
	mediatest.Must(t, err)
	_, err = e.Write([]byte(body))
	mediatest.Must(t, err)
	mediatest.Must(t, w.Close())
	return out.Bytes()
}

func inChinese(t testing.TB) func(string, map[string]any) string {
	t.Helper()
	all, err := assets.Load()
	mediatest.Must(t, err)
	return all.In("zh-Hans").T
}

// said is what people read at a door, in one language.
type said struct{ unit, organiser string }

// listed gives a contest the list of its units.
func listed(t *testing.T, h *house) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "单位.csv")
	mediatest.Must(t, os.WriteFile(list, []byte("单位名称,类型,联系人,电话,限报数\n"+school+",学校,佟某,13900001111,2\n"+
		other+",单位,,,\n"), 0o600))
	_, err := h.office.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: list})
	mediatest.Must(t, err)
}

// throughFolder takes a file as what lies in the watched folder, on a stick, or came with a letter.
func throughFolder(t *testing.T, h *house, name string, data []byte, lang string) said {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	mediatest.Must(t, os.WriteFile(path, data, 0o600))
	r, err := h.office.Collect().TakeParcel(t.Context(), calls.TakeRequest{Sources: []string{path}}, nil)
	if kept := mediatest.Read(t, path); !bytes.Equal(kept, data) {
		t.Error("what was in the folder changed")
	}
	return passed(t, h, r, err, lang)
}

// passed is what people read of a parcel: of one that was refused the organiser passes on what they read.
func passed(t *testing.T, h *house, r calls.TakeReport, err error, lang string) said {
	t.Helper()
	all, e := assets.Load()
	mediatest.Must(t, e)
	text := all.In(lang)
	if err != nil {
		return said{text.Err(err), text.Err(err)}
	}
	out := r.Lines(text.T)
	for _, p := range r.Import.Problems {
		out = append(out, text.T(p.Text, p.Args))
	}
	for _, row := range r.Import.Rows {
		for _, p := range row.Problems {
			out = append(out, text.T(p.Text, p.Args))
		}
	}
	b, err := h.office.Collect().Inbox(t.Context())
	mediatest.Must(t, err)
	for _, u := range b.Units {
		for _, q := range u.Over {
			out = append(out, q.Text(text.T))
		}
	}
	receipts, err := h.office.Collect().Receipts(t.Context(), calls.ReceiptRequest{}, text.T)
	if err != nil {
		return said{text.Err(err), strings.Join(out, "\n")}
	}
	return said{receipts[0].Text, strings.Join(out, "\n")}
}

// throughPage sends a file over the network, and takes it in where it waits for the organiser.
func throughPage(t *testing.T, h *house, name string, data []byte, lang string) said {
	t.Helper()
	all, err := assets.Load()
	mediatest.Must(t, err)
	c := h.client(school)
	c.lang = lang
	a := c.create(name, sumOf(data), int64(len(data)))
	unit := a.text()
	if a.status == 201 {
		at := a.header.Get("Location")
		_, err := c.patch(at, 0, bytes.NewReader(data))
		mediatest.Must(t, err)
		s := c.settled(at[strings.LastIndex(at, "/")+1:], patience)
		if unit = s.Text; s.State == "waiting" {
			r, err := h.office.Sending().TakeDelivery(t.Context(), s.Number, false, nil)
			return passed(t, h, r, err, lang)
		}
	}
	standing, err := h.office.Sending().Standing(t.Context())
	mediatest.Must(t, err)
	var out []string
	for _, u := range standing.Unfit {
		out = append(out, u.Name+" "+u.Said(all.In(lang).T))
	}
	return said{unit, strings.Join(out, "\n")}
}

// notWords are what no person can read: a key of a text, a value that is missing.
var notWords = regexp.MustCompile(`<no value>|(?m)^[a-z]+\.[a-z_]+$|%!`)

// TestWhatUnitsSendByMistakeIsToldToBothAndNothingIsLost goes through all that units were seen to send, at both doors:
// the unit reads what became of it, so does the organiser, and the contest is as it was or has every work.
func TestWhatUnitsSendByMistakeIsToldToBothAndNothingIsLost(t *testing.T) {
	doors := map[string]func(*testing.T, *house, string, []byte, string) said{
		folder: throughFolder, online: throughPage,
	}
	for what, x := range badList {
		for door, through := range doors {
			for _, lang := range []string{"zh-Hans", "en"} {
				if lang == "en" && testing.Short() {
					continue
				}
				t.Run(what+"/"+door+"/"+lang, func(t *testing.T) { tryBad(t, x, door, lang, through) })
			}
		}
	}
}

func tryBad(t *testing.T, x bad, door, lang string, through func(*testing.T, *house, string, []byte, string) said) {
	t.Helper()
	h := newHouse(t, stage.OpenRequest{Most: 64 << 20})
	listed(t, h)
	h.serve()
	if x.set != nil {
		x.set(t, h)
	}
	data := x.make(t, h)
	got := through(t, h, x.name, data, lang)
	if got.unit == "" || got.organiser == "" && x.door[door] != "" {
		t.Errorf("nobody is told: %+v", got)
	}
	if notWords.MatchString(got.unit + "\n" + got.organiser) {
		t.Errorf("no words: %+v", got)
	}
	right := strings.Contains(got.unit, x.unit[door]) && strings.Contains(got.organiser, x.door[door])
	if lang == "zh-Hans" && !right {
		t.Errorf("the unit reads %q, the organiser %q", got.unit, got.organiser)
	}
	works, err := h.office.Works(t.Context(), office.WorkFilter{})
	mediatest.Must(t, err)
	if len(works) != x.come[door] {
		t.Errorf("%d works came in, not %d", len(works), x.come[door])
	}
	if report, err := h.office.CheckContest(t.Context(), "", nil); err != nil {
		t.Errorf("%+v %v", report, err)
	}
}

// TestTheOrganiserSeesWhatWasNotTaken keeps the newest refusals of a unit, the same one once, and none of another.
func TestTheOrganiserSeesWhatWasNotTaken(t *testing.T) {
	h := newHouse(t, stage.OpenRequest{Most: 64 << 20})
	h.serve()
	c := h.client(school)
	for range 3 {
		c.create("影片.mp4", sumOf(nil), 4<<30)
	}
	c.create("大.zip", sumOf(nil), 4<<30)
	for i := range 12 {
		c.create(strings.Repeat("长", i+1)+".exe", sumOf(nil), 10)
	}
	client{t: t, at: h.at, token: "AAAAAAAAAAAAAAAAAAAAAA"}.create("谁.exe", sumOf(nil), 10)
	s, err := h.office.Sending().Standing(t.Context())
	mediatest.Must(t, err)
	if len(s.Unfit) != 10 || s.Unfit[0].At.IsZero() || time.Since(s.Unfit[0].At) > time.Hour {
		t.Errorf("%d: %+v", len(s.Unfit), s.Unfit)
	}
	for _, u := range s.Unfit {
		if u.Unit != school || u.State != stage.Misfit || strings.Contains(u.Name, "谁") {
			t.Errorf("%+v", u)
		}
	}
	if err := judging.CodeOf(h.office.Close()); err != "" {
		t.Error(err)
	}
}
