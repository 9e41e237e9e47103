package judge_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fayi/app/judge"
	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/sheet/paper"
	"fayi/judging/store/bolt"
)

// clock counts seconds from a fixed moment.
func clock() func() time.Time {
	at := time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)
	return func() time.Time { at = at.Add(time.Second); return at }
}

// even is a source of bytes that is the same in every run.
type even byte

func (c *even) Read(p []byte) (int, error) {
	for i := range p {
		*c = *c*5 + 17
		p[i] = byte(*c)
	}
	return len(p), nil
}

// newOffice is a contest in bolt with a plan in force: n works of calligraphy and essays, three judges.
func newOffice(t *testing.T, n int) *office.Office {
	t.Helper()
	var works []entry
	for i := range n {
		w := entry{fmt.Sprintf("法治之光%d", i+1), "书法", map[string][]byte{
			fmt.Sprintf("甲某%d的书法.png", i+1): pictureOf(t, 40+i, 30),
		}}
		if i%2 == 1 {
			w.category, w.files = "征文", map[string][]byte{fmt.Sprintf("甲某%d的征文.txt", i+1): []byte("第一段。\n第二段。")}
		}
		works = append(works, w)
	}
	return officeOf(t, works)
}

// deskOf is the first judge's desk over n works.
func deskOf(t *testing.T, n int) judging.Ballots {
	t.Helper()
	return newOffice(t, n).Scoring().Desk("j001")
}

// essayDesk is the first judge's desk over essays without files.
func essayDesk(t *testing.T, titles ...string) judging.Ballots {
	t.Helper()
	var works []entry
	for _, title := range titles {
		works = append(works, entry{title, "征文", nil})
	}
	return officeOf(t, works).Scoring().Desk("j001")
}

// handedIn is the first judge's desk with the list as it was before each work got 80 and the list was handed in.
func handedIn(t *testing.T, o *office.Office) (judging.Ballots, judging.Duties) {
	t.Helper()
	desk := o.Scoring().Desk("j001")
	d, err := desk.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range d.Works {
		if _, err := desk.Save(t.Context(), judging.Ballot{Code: w.Code, Total: 80}); err != nil {
			t.Fatal(err)
		}
	}
	if err := desk.Submit(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return desk, d
}

// entry is a work to be brought in.
type entry struct {
	title, category string
	files           map[string][]byte // by the name its sender gave
}

func officeOf(t *testing.T, works []entry) *office.Office {
	t.Helper()
	return officeBy(t, works, rubrics.LegalCulture)
}

// officeBy is officeOf by the rules of a file.
func officeBy(t *testing.T, works []entry, file []byte) *office.Office {
	t.Helper()
	rules, err := rules.ParseRules(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "征集.fayi")
	db, blobs, err := bolt.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := office.Create(t.Context(), office.Config{
		DB:     db,
		Blobs:  blobs,
		Dir:    dir,
		Now:    clock(),
		Random: new(even),
		Actor:  "organiser",
		Cache:  os.TempDir(),
	}, "法治文化作品征集", "示例县司法局", rules)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{
		Sources: []string{worksFolder(t, works)},
	}, nil); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
			Name: fmt.Sprintf("评委%c", 'A'+i),
			Unit: fmt.Sprintf("示例协会%d", i),
		}); err != nil {
			t.Fatal(err)
		}
	}
	seed := uint64(1)
	if _, err := o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{Seed: &seed}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	return o
}

// worksFolder holds a workbook and the files of its works.
func worksFolder(t *testing.T, works []entry) string {
	t.Helper()
	dir := t.TempDir()
	rows := [][]any{{"作品名称", "类别", "组别", "作者", "单位", "文件名"}}
	for i, w := range works {
		names := slices.Sorted(maps.Keys(w.files))
		rows = append(
			rows,
			[]any{
				w.title,
				w.category,
				"小学组",
				fmt.Sprintf("甲某%d", i+1),
				fmt.Sprintf("示例第%d小学", i%5+1),
				strings.Join(names, "、"),
			},
		)
		for _, name := range names {
			if err := os.WriteFile(filepath.Join(dir, name), w.files[name], 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	f, err := os.Create(filepath.Join(dir, "汇总表.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := paper.WriteGrids(f, []paper.Grid{{Name: "作品", Rows: rows}}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func pictureOf(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(i*7) | 1
	}
	img.Set(0, 0, color.RGBA{255, 0, 0, 255})
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bench is a desk in a window over a real contest.
type bench struct {
	*kittest.Shell
	t    *testing.T
	book judging.Ballots
	root fyne.CanvasObject
	page kit.Page
	left int
}

func sit(t *testing.T, book judging.Ballots, with ...judge.Option) *bench {
	t.Helper()
	b := &bench{Shell: kittest.New(t), t: t, book: book}
	b.page = judge.NewDesk(b.Shell, book, func() { b.left++ }, with...)
	b.Win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { b.page.(kit.Keyed).TypedKey(k) })
	b.root = b.Open(b.page)
	return b
}

// again rebuilds the desk as the shell does when size or colours change.
func (b *bench) again() {
	b.page.(kit.Leaver).Leave()
	state := b.page.(kit.Keeper).Keep()
	b.page = judge.NewDesk(b.Shell, b.book, func() { b.left++ })
	b.page.(kit.Keeper).Restore(state)
	b.root = b.Open(b.page)
}

// duties is the list as the desk shows it: calibration works first, then by category.
func (b *bench) duties() judging.Duties {
	b.t.Helper()
	d, err := b.book.Duties(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	var order []string
	for _, w := range d.Works {
		order = append(order, w.Category)
	}
	place := func(w judging.Duty) int {
		if w.Calibration {
			return -1
		}
		return slices.Index(order, w.Category)
	}
	slices.SortStableFunc(d.Works, func(a, b judging.Duty) int { return place(a) - place(b) })
	return d
}

func (b *bench) ballot(n int) judging.Ballot {
	b.t.Helper()
	out, err := b.book.Load(b.t.Context(), b.duties().Works[n].Code)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// typing types a mark where the cursor is.
func (b *bench) typing(text string) {
	b.t.Helper()
	f := b.Win.Canvas().Focused()
	if f == nil {
		b.t.Fatal("no field has the cursor")
	}
	test.Type(f, text)
}

func (b *bench) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		kittest.Press(b.Win, k)
	}
}

// shows fails unless each part is on the screen.
func (b *bench) shows(parts ...string) {
	b.t.Helper()
	for _, p := range parts {
		if !kittest.Shows(b.root, p) {
			b.t.Errorf("%q is not shown; shown: %q", p, kittest.Texts(b.root))
		}
	}
}

// marks types half of each criterion's weight, Enter after each.
func (b *bench) marks(r judging.Rubric) {
	b.t.Helper()
	for _, c := range r.Criteria {
		b.typing(fmt.Sprint(int(c.Weight / 2)))
		b.press(fyne.KeyReturn)
	}
}
