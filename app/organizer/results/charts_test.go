package results

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

func TestEachChartIsDrawnInBothLanguagesAndSavedAsAPicture(t *testing.T) {
	o := pagetest.Scored(t, 30)
	sh := kittest.New(t)
	for _, lang := range []string{"zh-Hans", "en"} {
		sh.Speak(lang)
		p := newChartsPage(sh, page.StagesOf(o), "书法")
		root := sh.Open(p)
		for _, tab := range []string{chartJudges, chartSeverity, chartPlaces, chartAgreement, chartAll} {
			kittest.Tap(t, root, sh.T("charts.tab_"+tab, nil))
			sh.Win.Resize(fyne.NewSize(1030, 520)) // what a window of 1200 × 640 leaves
			kittest.Settle(root)
			if bad := kittest.Misfits(sh.Win); len(bad) > 0 {
				t.Errorf("%s %s: %q", lang, tab, bad)
			}
			sh.Path = filepath.Join(t.TempDir(), tab+".png")
			kittest.Tap(t, root, sh.T("charts.save", nil))
			data, err := os.ReadFile(sh.Path)
			if err != nil {
				t.Fatal(err)
			}
			if img, err := png.Decode(bytes.NewReader(data)); err != nil || img.Bounds().Dx() < 1920 {
				t.Errorf("%s: %v, %v", tab, err, img)
			}
		}
		if !kittest.Shows(root, sh.T("charts.across", nil)) || p.Keep() != (chartsPlace{"书法", chartAll}) {
			t.Errorf("%q, kept %v", kittest.Texts(root), p.Keep())
		}
	}
	sh.Path = filepath.Join(t.TempDir(), "no", "such", "folder.png")
	p := newChartsPage(sh, page.StagesOf(o), "")
	kittest.Tap(t, sh.Open(p), sh.T("charts.save", nil))
	if len(sh.Errors) != 1 || strings.Contains(sh.Err(sh.Errors[0]), "folder.png.part") {
		t.Errorf("%v", sh.Errors)
	}
}

func TestChartsWithoutScoresSayWhatToDo(t *testing.T) {
	sh := kittest.New(t)
	if root := sh.Open(newChartsPage(sh, page.StagesOf(pagetest.WithPlan(t, 30)), "")); !kittest.Shows(root, "还没有评分") {
		t.Errorf("%q", kittest.Texts(root))
	}
}
