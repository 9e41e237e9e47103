package judge_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/gallery"
	"fayi/app/kit/kittest"
	"fayi/app/kit/zoom"
	"fayi/judging"
)

// gallery is n calligraphy works, each with one picture, the first ones scored by j001 with the totals given.
func exhibition(t *testing.T, n int, totals ...float64) judging.Ballots {
	t.Helper()
	var works []entry
	for i := range n {
		works = append(works, entry{fmt.Sprintf("墨迹%d", i+1), "书法", map[string][]byte{
			fmt.Sprintf("甲某%d.png", i+1): pictureOf(t, 60+i, 40),
		}})
	}
	desk := officeOf(t, works).Scoring().Desk("j001")
	d, err := desk.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, total := range totals {
		if _, err := desk.Save(t.Context(), judging.Ballot{Code: d.Works[i].Code, Total: total}); err != nil {
			t.Fatal(err)
		}
	}
	return desk
}

func TestWorksNearInTotalAreShownWhileScoringAndCompared(t *testing.T) {
	b := atWork(t, exhibition(t, 6, 70, 80, 84, 90))
	b.shows("第 5 件")
	fields := b.fields()
	b.Focus(fields[len(fields)-1].Entry())
	b.typing("82")
	if got := kittest.Texts(b.root); !hasRun(got, "70", "80", "本件", "82", "84", "90") {
		t.Errorf("shown %q", got)
	}
	kittest.Tap(t, b.root, "84")
	b.shows("84 分", string(b.duties().Works[2].Code))
	if n := len(kittest.All[*zoom.Zoom](b.root)); n != 2 {
		t.Errorf("%d pictures beside each other", n)
	}
	b.press(fyne.KeyEscape)
	b.shows("第 5 件")
	if n := len(kittest.All[*zoom.Zoom](b.root)); n != 1 {
		t.Errorf("%d pictures after Escape", n)
	}
}

// hasRun reports whether want stands in got without gaps.
func hasRun(got []string, want ...string) bool {
	for i := range got {
		if i+len(want) <= len(got) && slices.Equal(got[i:i+len(want)], want) {
			return true
		}
	}
	return false
}

func TestTheFirstScoresHaveNobodyToBeComparedWith(t *testing.T) {
	b := atWork(t, exhibition(t, 3))
	if kittest.Shows(b.root, "相近分") {
		t.Errorf("shown %q", kittest.Texts(b.root))
	}
}

func TestSeveralFilesHaveThumbnailsToPress(t *testing.T) {
	b := shown(t, []entry{{"组照", "摄影", map[string][]byte{
		"甲某1.png": pictureOf(t, 40, 120),
		"甲某2.png": pictureOf(t, 160, 10),
	}}}, "组照")
	thumbs := kittest.All[*gallery.Thumb](b.root)
	if len(thumbs) != 2 {
		t.Fatalf("%d thumbnails", len(thumbs))
	}
	for _, p := range kittest.All[*button.Press](b.root) {
		if slices.Contains(kittest.All[*gallery.Thumb](p), thumbs[1]) {
			p.Tapped(nil)
		}
	}
	b.shows("图 2/2")
}
