package exhibition_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/collect"
	"fayi/judging/office/correction"
	"fayi/judging/office/exhibition"
	"fayi/judging/office/letters"
	"fayi/judging/office/review"
	"fayi/judging/sheet/paper"
	"fayi/judging/terms"
)

// way is the whole way of a contest, from the kit to the album, with what the test itself knows of it.
type way struct {
	t     *testing.T
	o     *office.Office
	words paper.Words
	dir   string
	kits  string
	all   []sender
	told  map[string]bool // titles of works that did not come in, and of which the report said so
}

// TestTheWholeWayLosesNoWork goes from the call for works to the album. Each unit sends its works in another way. At
// the end each work that was sent is in the letter to its unit, or it was said that it did not come in.
func TestTheWholeWayLosesNoWork(t *testing.T) {
	w := &way{t: t, o: begin(t, terms.Whole), words: wordsIn(t, "zh-Hans"), dir: t.TempDir(), told: map[string]bool{}}
	each := 6
	if testing.Short() {
		each = 2
	}
	w.call(each)
	for _, s := range w.all {
		w.take(s, 1)
	}
	w.sendBack()
	w.judge()
	w.tell()
	w.show()
}

// call makes the list of units, their kits, and what each is going to send.
func (w *way) call(each int) {
	t := w.t
	ways := []func(*testing.T, string, sender, int) string{
		fill, fill, converted("xls:MS Excel 97", "xls"), converted("ods", "ods"),
		converted("csv:Text - txt - csv (StarCalc):44,34,76,1", "csv"),
		packed, packed, packed, ownTable, zipped(fill), zipped(ownTable), fill,
	}
	if testing.Short() { // LibreOffice takes seconds each time
		ways[3], ways[4] = fill, ownTable
	}
	list := "单位名称,类型\n"
	for i, send := range ways {
		s := sender{unit: fmt.Sprintf("示例第%s小学", []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一",
			"十二"}[i]), way: send}
		list += s.unit + ",学校\n"
		for k := range each {
			p := posted{s.unit, fmt.Sprintf("%s法治篇%c", s.unit, '甲'+rune(k)), "摄影", "小学组",
				fmt.Sprintf("赵%c%c", '甲'+rune(i), '子'+rune(k)), photo(t, 90+i*7+k, 60+k, uint8(i*9+k)), ".jpg"}
			if k%2 == 1 {
				p.category, p.file, p.end = "征文", []byte("正文"+fmt.Sprint(i, k)+poem(80+i*20+k)), ".txt"
			}
			s.works = append(s.works, p)
		}
		if i == 1 || i == 7 { // it writes a category that nobody knows
			s.bad = s.works[each-1].title
			s.works[each-1].category = "无名类"
		}
		w.all = append(w.all, s)
	}
	list += "沉默小学,学校\n"
	path := filepath.Join(w.dir, "单位.csv")
	must(t, os.WriteFile(path, []byte(list), 0o600))
	must(t, reads(w.o.Units().ImportUnits(t.Context(), correction.UnitsRequest{Path: path})))
	w.kits = filepath.Join(w.dir, "材料")
	k, err := w.o.Collect().WriteKit(t.Context(), collect.KitRequest{Dir: w.kits}, w.words)
	if err != nil || len(k.Units) != len(ways)+1 {
		t.Fatalf("kits of %d: %v", len(k.Units), err)
	}
}

// take brings in what a unit sent, and notes which works were said not to have come in.
func (w *way) take(s sender, edition int) {
	t := w.t
	from := s.way(t, w.kits, s, edition)
	r, err := w.o.Collect().TakeParcel(t.Context(), collect.TakeRequest{Sources: []string{from}}, nil)
	must(t, err)
	if r.Parcel.Unit != s.unit {
		t.Errorf("the parcel of %s is taken for that of %q (%s)", s.unit, r.Parcel.Unit, r.Parcel.Sure)
	}
	said := fmt.Sprintf("%+v %+v", r.Import.Rows, r.Import.Problems)
	for _, p := range s.works {
		if p.title == s.bad && strings.Contains(said, "无名类") {
			w.told[p.title] = true
		}
	}
}

// sendBack returns a work of each third unit, which then sends it again.
func (w *way) sendBack() {
	t, ctx := w.t, w.t.Context()
	back := map[judging.WorkID]string{}
	var ids []judging.WorkID
	works, err := w.o.Works(ctx, office.WorkFilter{})
	must(t, err)
	for i, s := range w.all {
		for _, x := range works {
			if i%3 == 0 && x.Title == s.works[0].title {
				back[x.ID], ids = x.Title, append(ids, x.ID)
			}
		}
	}
	if len(ids) != 4 {
		t.Fatalf("%d works are sent back", len(ids))
	}
	must(t, reads(w.o.Review().ReviewWorks(ctx, ids, judging.Finding{Status: judging.Returned, Note: "照片不清楚"})))
	lists := filepath.Join(w.dir, "退回")
	r, err := w.o.Review().ReportReturns(ctx, lists, review.ReturnsRequest{}, w.words)
	if err != nil || r.Works != 4 || r.Units != 4 {
		t.Errorf("%+v, %v", r, err)
	}
	for i := range w.all {
		if i%3 != 0 || i == 9 { // the tenth unit does not answer
			continue
		}
		if list := cells(t, filepath.Join(lists, "退回清单-"+w.all[i].unit+".xlsx")); !strings.Contains(list, "照片不清楚") {
			t.Errorf("%s does not learn why", w.all[i].unit)
		}
		s := w.all[i]
		s.works[0].file = photo(t, 300+i, 200, uint8(i))
		w.take(s, 2)
		for id, title := range back {
			if title == s.works[0].title {
				good := judging.Finding{Status: judging.Accepted}
				must(t, reads(w.o.Review().ReviewWorks(ctx, []judging.WorkID{id}, good)))
			}
		}
	}
}

// judge has everything scored and makes the awards final.
func (w *way) judge() {
	works, err := w.o.Works(w.t.Context(), office.WorkFilter{Status: judging.Accepted})
	must(w.t, err)
	var some []judging.WorkID
	for i, x := range works {
		if i%3 == 0 {
			some = append(some, x.ID)
		}
	}
	judge(w.t, w.o, some...)
}

// tell writes the letters and holds each work that was sent against them.
func (w *way) tell() {
	t := w.t
	dir := filepath.Join(w.dir, "告知书")
	req := letters.Request{Dir: dir, Comments: true, Certificates: true}
	r, err := w.o.Letters().WriteLetters(t.Context(), req, w.words)
	must(t, err)
	if len(r.Letters) != len(w.all) || len(r.Without) > 0 {
		t.Errorf("%d letters, %v without a unit", len(r.Letters), r.Without)
	}
	awards, err := w.o.Awards().ListAwards(t.Context())
	must(t, err)
	won := map[string]string{}
	for _, a := range awards {
		won[a.Title] = a.Award
	}
	certificates, came := 0, 0
	for _, s := range w.all {
		text := docxText(t, filepath.Join(dir, s.unit+".docx"))
		if strings.Contains(text, "评委A") || strings.Contains(text, "评委D") || strings.Contains(text, "{{") {
			t.Errorf("the letter to %s names a judge: %.2000s", s.unit, text)
		}
		for i, p := range s.works {
			state := stateIn(text, p.title)
			want := "参评，未获奖"
			switch {
			case w.told[p.title]:
				want = ""
			case won[p.title] != "":
				want, certificates = won[p.title], certificates+1
			case s.unit == w.all[9].unit && i == 0:
				want = "退回补正，未再报送（照片不清楚）"
			}
			if want != "" {
				came++
			}
			if state != want {
				t.Errorf("the letter to %s says %q of %s, want %q", s.unit, state, p.title, want)
			}
		}
		for _, other := range w.all {
			if other.unit != s.unit && strings.Contains(text, other.works[0].title) {
				t.Errorf("the letter to %s has a work of %s", s.unit, other.unit)
			}
		}
	}
	w.parcels(dir, r, certificates)
	path := filepath.Join(w.dir, "参与.xlsx")
	p, err := w.o.Letters().ReportParticipation(t.Context(), path, w.words)
	if err != nil || p.Units != len(w.all)+1 || p.Silent != 1 || p.Sent != came || p.Awarded != len(won) ||
		p.In != came-1 {
		t.Errorf("%+v of %d, %v", p, came, err)
	}
	if got := cells(t, path); !strings.Contains(got, "沉默小学|学校|0|0|0") {
		t.Errorf("%.600s", got)
	}
}

// stateIn is what the table of a letter says of a work; "" where it is not in it, "twice" where it is twice.
func stateIn(text, title string) string {
	row := regexp.MustCompile(`\| *` + regexp.QuoteMeta(title) + ` *\|[^|]*\|[^|]*\|[^|]*\| *([^|]*?) *\|\n`)
	m := row.FindAllStringSubmatch(text, -1)
	switch len(m) {
	case 0:
		return ""
	case 1:
		return m[0][1]
	}
	return "twice"
}

// parcels opens the zips: letter, certificates and list, for winners alone.
func (w *way) parcels(dir string, r letters.Report, works int) {
	t := w.t
	pages := 0
	for _, l := range r.Letters {
		if (l.Certificates > 0) != (l.Parcel != "") || l.Sent != l.Awarded+l.Judged+l.Out {
			t.Errorf("%+v", l)
		}
		if l.Parcel == "" {
			continue
		}
		z, err := zip.OpenReader(filepath.Join(dir, l.Parcel))
		must(t, err)
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		if !slices.Equal(names, []string{"结果告知书.docx", "获奖证书.pdf", "证书清单.xlsx"}) {
			t.Errorf("%s holds %q", l.Parcel, names)
		}
		in, err := z.File[1].Open()
		must(t, err)
		var data bytes.Buffer
		_, err = data.ReadFrom(in)
		must(t, err)
		must(t, z.Close())
		path := filepath.Join(t.TempDir(), "a.pdf")
		must(t, os.WriteFile(path, data.Bytes(), 0o600))
		m := regexp.MustCompile(`Pages: +(\d+)`).FindStringSubmatch(run(t, "pdfinfo", path))
		if m == nil || m[1] != fmt.Sprint(l.Certificates) {
			t.Errorf("%s: pages %v, told %d", l.Parcel, m, l.Certificates)
		}
		pages += l.Certificates
	}
	if pages < works {
		t.Errorf("%d certificates for %d works", pages, works)
	}
}

// show makes the album and the pages, and finds each awarded work in them.
func (w *way) show() {
	t := w.t
	req := exhibition.Request{Out: filepath.Join(w.dir, "作品集.pdf")}
	a, err := w.o.Exhibition().WriteAlbum(t.Context(), req, w.words, nil)
	must(t, err)
	req.Out = filepath.Join(w.dir, "展览")
	x, err := w.o.Exhibition().WriteExhibition(t.Context(), req, w.words, nil)
	must(t, err)
	plain := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", filepath.Join(w.dir, "作品集.pdf"), "-")), "")
	pages := ""
	for name, data := range tree(t, req.Out) {
		if strings.HasSuffix(name, ".html") {
			pages += data
		}
	}
	awards, err := w.o.Awards().ListAwards(t.Context())
	must(t, err)
	left := map[string]bool{}
	for _, c := range a.Left {
		left[c.Title] = true
	}
	if a.Shown+len(a.Left) != len(awards) || x.Shown != a.Shown || a.Shown == 0 || len(a.Troubles)+len(x.Troubles) > 0 {
		t.Errorf("album %+v, exhibition %+v of %d", a, x, len(awards))
	}
	for _, one := range awards {
		out := left[one.Title]
		if strings.Contains(plain, one.Title) == out || strings.Contains(pages, one.Title) == out {
			t.Errorf("%s: left out %v", one.Title, out)
		}
	}
}
