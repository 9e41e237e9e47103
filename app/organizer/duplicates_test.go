package organizer

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
	"fayi/judging/media"
	"fayi/judging/office"
	"fayi/judging/office/intake"
)

// drawing is a picture of random dots of light, the same for the same seed; mirrored turns it around.
func drawing(t *testing.T, seed uint64, w, h int, mirrored bool) []byte {
	t.Helper()
	d := rand.New(rand.NewPCG(seed, 1))
	var lamps [12][3]float64
	for i := range lamps {
		lamps[i] = [3]float64{d.Float64(), d.Float64(), 0.05 + d.Float64()/8}
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			light := 20.0
			for i, l := range lamps {
				dx, dy := float64(x)/float64(w)-l[0], float64(y)/float64(h)-l[1]
				if dx*dx+dy*dy < l[2]*l[2] {
					light = float64(60 + 16*i)
				}
			}
			at := x
			if mirrored {
				at = w - 1 - x
			}
			img.Set(at, y, color.RGBA{uint8(light), uint8(light / 2), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const essayOne = "那天放学以后，我在街口看见一位老人坐在台阶上，手里攥着一张皱巴巴的借条，眼里满是无奈。他说钱借出去三年，邻居搬走了，电话也换了号码。\n" +
	"我陪他走到社区的法律服务站，值班的律师看过借条，问了借款的日子和数目，又教他怎样写起诉状，怎样申请法律援助。\n"

// withCopies is a contest with two pictures of which one is the other mirrored, two essays with a paragraph in common and one author with two like titles.
func withCopies(t *testing.T) *office.Office {
	t.Helper()
	o := newContest(t)
	dir := filepath.Join(t.TempDir(), "来稿")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "表.csv"), []byte("作品名称,作者,类别,单位\n街灯,张一,摄影,一中\n夜色,李二,摄影,二中\n晨光,王三,摄影,三中\n"+
		"一张借条,赵四,征文,一中\n借条的故事,钱五,征文,文化馆\n宪法在心中,孙六,书法,一小\n《宪法在心中》,孙六,绘画,一小\n"))
	write(t, filepath.Join(dir, "街灯.jpg"), drawing(t, 1, 320, 240, false))
	write(t, filepath.Join(dir, "夜色.jpg"), drawing(t, 1, 200, 150, true))
	write(t, filepath.Join(dir, "晨光.jpg"), drawing(t, 2, 320, 240, false))
	write(t, filepath.Join(dir, "一张借条.txt"), []byte(essayOne+"从那以后我才明白，书本上的条文并不遥远，它就在我们身边。"))
	write(t, filepath.Join(dir, "借条的故事.txt"), []byte("今年春天，村里来了几位普法志愿者，他们带来了漫画和小戏，老人孩子都爱看。\n"+essayOne))
	if _, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{dir}}, nil); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestCopiesAreComparedAndDecidedByKeys(t *testing.T) {
	o := withCopies(t)
	sh := kittest.New(t)
	p := newDuplicatesPage(sh, stagesOf(o), nil)
	root := sh.Open(p)
	if !kittest.Shows(root, "没有疑似重复的作品") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "开始比对")
	settle(sh)
	for _, want := range []string{"3 对 · 待认定 3 对", "街灯  /  夜色", "（镜像或旋转过）", "李二 · 二中"} {
		if !kittest.Shows(root, want) {
			t.Errorf("%q is not shown: %q", want, kittest.Texts(root))
		}
	}
	press := func(k fyne.KeyName) {
		if !p.TypedKey(&fyne.KeyEvent{Name: k}) {
			t.Fatalf("%s is not used", k)
		}
	}
	first, _ := p.table.Selected()
	press(fyne.KeyDown)
	if d, _ := p.table.Selected(); d.ID() == first.ID() {
		t.Fatal("the arrow does not go on")
	}
	press(fyne.KeyUp)
	press(fyne.Key3)
	sh.Asked[0].Content.(*kit.TextField).SetText(" ")
	if err := sh.Answer(t); judging.CodeOf(err) != judging.Invalid {
		t.Fatalf("without a reason: %v", err)
	}
	sh.Asked[0].Content.(*kit.TextField).SetText("镜像后报送")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if d, _ := p.table.Selected(); d.ID() == first.ID() || d.ID() == "" {
		t.Errorf("the next pair is not selected: %v", d.ID())
	}
	press(fyne.Key1)
	p.Load()
	all, err := o.Intake().Duplicates(t.Context())
	if err != nil || len(all) != 3 || all[0].Verdict.Verdict != "" || all[1].Verdict.Verdict == "" || len(sh.Errors) > 0 {
		t.Fatalf("%+v %v %v", all, err, sh.Errors)
	}
	sh.Told[len(sh.Told)-1].Do()
	if all, _ = o.Intake().Duplicates(t.Context()); all[1].Verdict.Verdict != "" {
		t.Fatalf("not taken back: %+v", all)
	}
}

func TestFormerWorksAreTakenInAndCompared(t *testing.T) {
	o := withCopies(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "2019年")
	if err := os.Mkdir(sh.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(sh.Path, "旧作.jpg"), drawing(t, 2, 640, 480, false))
	p := newDuplicatesPage(sh, stagesOf(o), nil)
	root := sh.Open(p)
	kittest.Tap(t, root, "加入往年作品…")
	kittest.Tap(t, root, "开始比对")
	p.table.Select("w000003+r000001/similar_picture")
	settle(sh)
	if !kittest.Shows(root, "往年作品：2019年") || len(sh.Errors) > 0 {
		t.Fatalf("%v %q", sh.Errors, kittest.Texts(root))
	}
}

func TestAFormerContestIsTakenInWithItsTitles(t *testing.T) {
	o := withCopies(t)
	sh := kittest.New(t)
	sh.Path = filepath.Join(t.TempDir(), "去年.fayi")
	if err := os.Mkdir(sh.Path, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(sh.Path, "contest.db"), []byte("opened by its opener only"))
	p := newDuplicatesPage(sh, stagesOf(o), func(_ context.Context, dir string) (*office.Office, error) {
		if dir != sh.Path {
			t.Errorf("%s is opened", dir)
		}
		return withCopies(t), nil
	})
	root := sh.Open(p)
	kittest.Tap(t, root, "加入往年作品…")
	kittest.Tap(t, root, "开始比对")
	settle(sh)
	all, err := o.Intake().Duplicates(t.Context())
	if at := slices.IndexFunc(all, func(d judging.Duplicate) bool { return d.From != "" }); err != nil || len(sh.Errors) > 0 || at < 0 || all[at].Titles[0] != all[at].Titles[1] {
		t.Fatalf("%v %v %+v", err, sh.Errors, all)
	}
}

func TestRowsOfCopiesKeepTheFilter(t *testing.T) {
	all := []judging.Duplicate{
		{Works: [2]string{"w1", "w2"}, Reason: judging.SameBytes, Titles: [2]string{"甲", "乙"}},
		{Works: [2]string{"w1", "w3"}, Reason: judging.SimilarText, Titles: [2]string{"甲", "丙"}, Verdict: judging.DuplicateRuling{Verdict: judging.VerdictSame}},
	}
	for name, c := range map[string]struct {
		f    kit.Filter
		want string
	}{
		"all": {kit.Filter{}, "w2 w3"}, "open": {kit.Filter{Quick: openPairs}, "w2"}, "a reason": {kit.Filter{Quick: "similar_text"}, "w3"}, "a title": {kit.Filter{Text: "丙"}, "w3"},
	} {
		var got []string
		for _, d := range duplicateRows(all, c.f) {
			got = append(got, d.Works[1])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if a, b := nextPair(all, all[0].ID()), nextPair(all, all[1].ID()); a != all[1].ID() || b != all[0].ID() {
		t.Errorf("%s %s", a, b)
	}
}

func TestCommonPassagesAreMarkedInBothTexts(t *testing.T) {
	one, two := "甲乙丙丁，戊己庚辛壬癸，子丑寅卯", "前面。戊己庚辛壬癸子丑！后面甲乙丙丁戊己庚辛"
	common := media.CommonPassages(one, two)
	for side, text := range []string{one, two} {
		marks := inOrderOf(common, side)
		if len(marks) == 0 || !strings.Contains(text[marks[0][0]:marks[len(marks)-1][1]], "戊己庚辛") {
			t.Errorf("side %d: %v", side, marks)
		}
		if o := markedText(text, common, side); o == nil {
			t.Error("no text")
		}
	}
}

func TestTheCopiesPageFits(t *testing.T) {
	o := withCopies(t)
	if _, err := o.Intake().FindDuplicates(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	shots(t, "copies", func(sh kit.Shell) kit.Page { return newDuplicatesPage(sh, stagesOf(o), nil) })
}
