package page

import (
	"strings"
	"testing"

	"fayi/judging/media/likeness"
)

func TestCommonPassagesAreMarkedInBothTexts(t *testing.T) {
	one, two := "甲乙丙丁，戊己庚辛壬癸，子丑寅卯", "前面。戊己庚辛壬癸子丑！后面甲乙丙丁戊己庚辛"
	common := likeness.CommonPassages(one, two)
	for side, text := range []string{one, two} {
		marks := inOrderOf(common, side)
		if len(marks) == 0 || !strings.Contains(text[marks[0][0]:marks[len(marks)-1][1]], "戊己庚辛") {
			t.Errorf("side %d: %v", side, marks)
		}
		if o := MarkedText(text, common, side); o == nil {
			t.Error("no text")
		}
	}
}
