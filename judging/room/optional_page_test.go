package room_test

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"fayi/judging"
	"fayi/judging/room/roomtest"
	"fayi/judging/terms"
)

// A judge says in the browser that a criterion does not apply: by a key, and on the number pad of a phone. What
// the contest keeps is what the page shows, after it is opened again too.
func TestThePageTakesWhatDoesNotApply(t *testing.T) {
	for _, device := range []screen{laptop, phone} {
		h := opened(t, roomtest.Contest{Works: 6, Judges: 3, Loose: true})
		b := newBrowser(t, device)
		b.open(h.Address("j001"))
		b.press("[data-go]")
		code, _ := b.where()
		r := rubricOf(b, listOf(t, h, "j001"), code)
		last := len(r.Criteria) - 1
		given, of := 0.0, 0.0
		if device == phone {
			b.press(`[data-mark="` + r.Criteria[0].Name + `"]`)
		} else {
			b.until("the cursor in a mark", "document.activeElement.hasAttribute('data-mark')")
		}
		for i, c := range r.Criteria[:last] {
			mark := int(c.Weight) - 5 - i
			given, of = given+float64(mark), of+c.Weight
			if device == phone {
				for _, d := range strconv.Itoa(mark) {
					b.padKey(string(d))
				}
				b.press(".pad .primary")
			} else {
				b.keys(strconv.Itoa(mark), kb.Enter)
			}
		}
		if device == phone {
			b.shot("pad-off")
			b.press(".pad [data-off]")
		} else {
			b.keys("n")
		}
		total := judging.Exact(given * r.Scale / of)
		b.until("the total", "document.querySelector('.sum').innerText.indexOf("+quote(total.String())+") >= 0")
		b.sees("不适用")
		b.shot("off")
		b.until("received", "document.querySelector('.saved .sign.received')")
		held := func() judging.Ballot {
			got, err := h.Office.Scoring().Desk("j001").Load(t.Context(), judging.WorkCode(code))
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := held(); got.Marks[r.Criteria[last].Name] != terms.NotApplicable || got.State != judging.Scored ||
			judging.Exact(got.Total) != total {
			t.Errorf("%s: kept %+v, want %s", device.name, got, total)
		}
		b.open(h.Address("j001"))
		b.press("[data-code=" + quote(code) + "]")
		b.until("the word", `document.querySelector('[data-mark="`+r.Criteria[last].Name+
			`"]').innerText.trim() === '不适用'`)
	}
}
