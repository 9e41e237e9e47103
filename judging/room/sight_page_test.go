package room_test

import (
	"fmt"
	"strconv"
	"testing"

	onstage "fayi/judging/live"
	"fayi/judging/office/live"
	"fayi/judging/room/roomtest"
)

// small is the smallest phone that judges bring.
var small = screen{"small", 360, 640, 2, true}

// look sets type, theme and language as a judge does, and comes back to the list.
func (b *browser) look(size int, theme, lang string) {
	b.t.Helper()
	b.until("the list", "document.querySelector('.works')")
	b.js(fmt.Sprintf(`new Promise(done => {
		const open = indexedDB.open('fayi-room');
		open.onsuccess = () => {
			const tx = open.result.transaction('meta', 'readwrite');
			tx.objectStore('meta').put({size: %d, theme: %s, lang: %s}, 'look');
			tx.oncomplete = () => { open.result.close(); done(); };
		};
	})`, size, quote(theme), quote(lang)))
	b.js("window.old = true; location.reload()")
	b.until("the look", fmt.Sprintf("!window.old && document.documentElement && "+
		"document.querySelector('.works,.sheet,.pairs') && "+
		"document.documentElement.getAttribute('data-size') === '%d'", size))
}

// signsInSight is what is wrong with each sign of saving, one of which must be in sight and under nothing; ” where one
// is.
const signsInSight = `Array.from(document.querySelectorAll('.saved .sign, .pad-sign .sign')).map(sign => {
	const r = sign.getBoundingClientRect();
	if (r.top < 0 || r.left < 0 || r.bottom > innerHeight || r.right > innerWidth)
		return 'out of sight at ' + [r.left, r.top, r.right, r.bottom].map(Math.round);
	const covers = [r.left + 2, (r.left + r.right) / 2, r.right - 2]
		.map(x => document.elementFromPoint(x, (r.top + r.bottom) / 2))
		.filter(e => e && !e.closest('.saved,.pad-sign'));
	return covers.length ? 'under ' + covers[0].outerHTML.slice(0, 80) : '';
}).reduce((one, next) => one === '' || next === '' ? '' : one + '; ' + next, 'none')`

// TestTheSignOfSavingIsInSightWhileMarksAreTyped types marks on small phones in large type, wherever the page is
// scrolled, and on a stage, where a bar says whose turn it is. The short form takes the smallest phone.
func TestTheSignOfSavingIsInSightWhileMarksAreTyped(t *testing.T) {
	h := opened(t, roomtest.Contest{Works: 3, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	performed(t, h.Office)
	on := does[live.Turn](t)(h.Office.Live().Call(t.Context(), ""))
	for _, device := range []screen{small, phone, tablet, laptop} {
		if testing.Short() && device != small {
			continue
		}
		if err := h.Office.Passes().ReleaseDevice(t.Context(), "j001"); err != nil {
			t.Fatal(err)
		}
		b := newBrowser(t, device)
		b.open(h.Address("j001"))
		b.goesTo(on.Code)
		b.press(".head button")
		b.look(2, "light", "zh-Hans")
		b.goesTo(on.Code)
		b.where()
		for k, c := range rubricOf(b, listOf(t, h, "j001"), string(on.Code)).Criteria {
			b.press(`[data-mark="` + c.Name + `"]`)
			if device.touch {
				b.padKey(strconv.Itoa(k + 1))
			} else {
				b.keys(strconv.Itoa(k + 1))
			}
			b.until("a sign", "document.querySelector('.saved .sign') && "+
				"(!document.querySelector('.pad') || document.querySelector('.pad-sign .sign'))")
			for _, at := range []string{"0", "document.body.scrollHeight / 2", "document.body.scrollHeight"} {
				b.js("window.scrollTo(0, " + at + ")")
				if where := value[string](b, signsInSight); where != "" {
					b.shot("sign")
					t.Errorf("%s, %s, scrolled to %s: the signs of saving: %s", device.name, c.Name, at, where)
				}
			}
			if k == 0 {
				b.shot("sign_stage")
			}
		}
		b.end() // a page that still runs would take the pass again
	}
}

// TestPictures shows every page of judges on every device, light and dark, in Chinese and English: for people to look
// at, where FAYI_SHOTS says where to put them. What it holds by itself is that no page is wider than its screen.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("the long form takes them")
	}
	h := opened(t, roomtest.Contest{Works: 5, Judges: 3, PerWork: 3, Media: true, PIN: "2048", Names: true})
	looks := []struct {
		device      screen
		size        int
		theme, lang string
	}{
		{small, 2, "light", "zh-Hans"}, {small, 2, "dark", "en"}, {phone, 2, "light", "en"},
		{tablet, 1, "dark", "zh-Hans"}, {tablet, 0, "light", "en"}, {laptop, 0, "dark", "zh-Hans"},
		{laptop, 1, "light", "en"},
	}
	for _, l := range looks {
		if err := h.Office.Passes().ReleaseDevice(t.Context(), "j001"); err != nil {
			t.Fatal(err)
		}
		b := newBrowser(t, l.device)
		shown := func(what string) {
			t.Helper()
			b.shot(fmt.Sprintf("look_%s_%d_%s_%s", what, l.size, l.theme, l.lang))
			if over := value[int](b, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
				t.Errorf("%s, %s, size %d: %d pixels wider than the screen", l.device.name, what, l.size, over)
			}
		}
		b.open(h.At)
		b.until("the names", "document.querySelector('[data-name]')")
		b.js(fmt.Sprintf("document.documentElement.setAttribute('data-size', '%d'); "+
			"document.documentElement.setAttribute('data-theme', %s)", l.size, quote(l.theme)))
		shown("names")
		b.js("window.old = true") // only the part behind # is another one: the page reloads by itself
		b.open(h.Address("j001"))
		b.until("the judge's page", "!window.old")
		b.look(l.size, l.theme, l.lang)
		shown("list")
		for i, w := range listOf(t, h, "j001").Works {
			b.press(`[data-code="` + string(w.Code) + `"]`)
			b.until("the work", "document.querySelector('.sheet .viewer')")
			b.untilShown()
			shown("work" + strconv.Itoa(i))
			if i == 0 {
				b.press("[data-mark]")
				shown("marks")
			}
			b.press(".head button")
			b.until("the list", "document.querySelector('.works')")
		}
		b.js("document.querySelector('header button').click()")
		b.until("the options", "document.querySelector('[role=dialog]')")
		shown("options")
		b.keys("\x1b")
		b.until("no dialog", "!document.querySelector('[role=dialog]')")
		b.end() // a page that still runs would take the pass again
	}
}
