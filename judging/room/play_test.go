package room_test

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"

	"fayi/judging"
)

var workCode = regexp.MustCompile(`[A-Z]{2}-\d{4}`)

// where returns the code of the work that is shown, and its place in the list from 0.
func (b *browser) where() (code string, i int) {
	b.t.Helper()
	b.until("a work that is ready", "document.querySelector('.sheet h1 small') && "+
		"document.querySelector('[data-mark]') && "+
		"document.querySelector('[data-mark]').getAttribute('aria-disabled') !== 'true'")
	words := value[[]string](b,
		"[document.querySelector('.sheet h1 small').innerText, document.querySelector('.where').innerText]")
	var n, of int
	if _, err := fmt.Sscanf(words[1], "第 %d 件 / 共 %d 件", &n, &of); err != nil {
		b.t.Fatal(words, err)
	}
	if code = workCode.FindString(words[0]); code == "" {
		b.t.Fatal(words)
	}
	return code, n - 1
}

func rubricOf(b *browser, in judging.Duties, code string) judging.Rubric {
	b.t.Helper()
	for _, w := range in.Works {
		if string(w.Code) == code {
			return in.Rubrics[w.Category]
		}
	}
	b.t.Fatalf("%s is not on the list", code)
	return judging.Rubric{}
}

// given are the totals that a judge gave, by codes of works.
type given map[string]float64

// scoreByTouch scores all works with a finger on the number pad.
func scoreByTouch(b *browser, in judging.Duties) given {
	b.t.Helper()
	b.press("[data-go]")
	out := given{}
	for i := range in.Works {
		code, at := b.where()
		if i < 5 {
			b.lookAt(i)
		}
		r := rubricOf(b, in, code)
		b.press(`[data-mark="` + r.Criteria[0].Name + `"]`)
		for k, c := range r.Criteria {
			out[code] += float64(mark(c.Weight, at, k))
			for _, d := range strconv.Itoa(mark(c.Weight, at, k)) {
				b.padKey(string(d))
			}
			if k == 0 && i == 0 {
				b.shot("pad")
			}
			b.press(".pad .primary")
		}
		b.leaves(code)
	}
	return out
}

func (b *browser) padKey(key string) {
	b.t.Helper()
	b.js(`document.querySelectorAll('[data-test]').forEach(e => e.removeAttribute('data-test'));
		Array.from(document.querySelectorAll('.pad .keys button'))
			.filter(e => e.innerText.trim() === ` + quote(key) + `)[0]
			.setAttribute('data-test', '')`)
	b.press("[data-test]")
}

// scoreByKeys scores all works with the keyboard alone.
func scoreByKeys(b *browser, in judging.Duties) given {
	b.t.Helper()
	b.until("the list", "document.querySelector('[data-go]')")
	b.js("document.querySelector('[data-go]').focus()")
	b.keys(kb.Enter)
	out := given{}
	for i := range in.Works {
		code, at := b.where()
		r := rubricOf(b, in, code)
		b.until("the cursor in a mark", "document.activeElement.hasAttribute('data-mark')")
		if i < 5 {
			b.untilShown()
			b.shot(fmt.Sprintf("work%d", i))
		}
		for k, c := range r.Criteria {
			out[code] += float64(mark(c.Weight, at, k))
			b.keys(strconv.Itoa(mark(c.Weight, at, k)))
			b.keys(kb.Enter)
		}
		b.leaves(code)
	}
	return out
}

// untilShown waits until what a work consists of is there: pictures drawn, sounds and films ready.
func (b *browser) untilShown() {
	b.t.Helper()
	b.until("the work itself", `(() => { const v = document.querySelector('.viewer'); if (!v) return false;
		const img = v.querySelector('.stage img'), film = v.querySelector('video,audio');
		const words = v.querySelector('.words p');
		return img ? img.complete && img.naturalWidth > 0 : film ? film.readyState >= 1 && !film.error : !!words; })()`)
}

// lookAt zooms a picture by double tap and pinch, and turns it.
func (b *browser) lookAt(i int) {
	b.t.Helper()
	b.untilShown()
	b.shot(fmt.Sprintf("work%d", i))
	if !value[bool](b, "!!document.querySelector('.stage img')") {
		return
	}
	x, y := b.at(".stage")
	b.pressAt(x, y)
	b.pressAt(x, y)
	b.until("double tap", "Number(document.querySelector('.stage').dataset.scale) > 2")
	b.pressAt(x, y)
	b.pressAt(x, y)
	b.until("double tap back", "Number(document.querySelector('.stage').dataset.scale) === 1")
	left, right := 1.0, 2.0
	two := func(what input.DispatchTouchEventType, d float64) step {
		return touch(what, &input.TouchPoint{X: x - d, Y: y, ID: &left},
			&input.TouchPoint{X: x + d, Y: y, ID: &right})
	}
	b.run(two("touchStart", 30))
	for d := 40.0; d <= 90; d += 10 {
		b.run(two("touchMove", d))
	}
	b.run(touch("touchEnd"))
	b.until("pinch", "Number(document.querySelector('.stage').dataset.scale) > 1.8")
	b.pressWords("全图")
	b.until("fit", "Number(document.querySelector('.stage').dataset.scale) === 1")
	b.press("[aria-label=旋转]")
	b.until("turn", "document.querySelector('.stage').dataset.turn === '90'")
	b.pressWords("全图")
}

// leaves waits until a work that was saved gives way, and says yes where the page asks about pictures not looked at.
func (b *browser) leaves(code string) {
	b.t.Helper()
	gone := `!document.querySelector('.sheet h1 small') || ` +
		`document.querySelector('.sheet h1 small').innerText.indexOf(` + quote(code) + `) < 0`
	b.until("the next work, or a question", `document.querySelector('[data-unseen]') || `+gone)
	if value[bool](b, "!!document.querySelector('[data-unseen]')") {
		b.press("[data-unseen]")
	}
	b.until("the next work", gone)
}
