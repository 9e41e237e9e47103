package parcel_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"fayi/judging/parcel"
)

// fits fails where something stands out of the page to the side.
func (b *tab) fits(where string) {
	b.t.Helper()
	if n := value[int](b, "document.documentElement.scrollWidth - window.innerWidth"); n > 0 {
		wide := value[string](b, `Array.from(document.querySelectorAll('body *')).filter(e =>
			e.getBoundingClientRect().right > window.innerWidth + 1).slice(-3).map(e => e.className).join()`)
		b.t.Errorf("%s: %d pixels stand out: %s", where, n, wide)
	}
}

func (b *tab) pressWords(words string) {
	b.t.Helper()
	b.js(`Array.from(document.querySelectorAll('button')).filter(e => e.offsetParent &&
		e.innerText.trim().indexOf(` + quote(words) + `) === 0)[0].click()`)
}

func TestThePageFitsAPhoneInAllSizesAndLanguages(t *testing.T) {
	_, page := newOffice(t, parcel.Request{Unit: "甲县第一小学", Deadline: "2026年12月31日"})
	b := open(t, page, 360, 740)
	b.shot("phone-empty")
	b.paste(`[data-at="1-title"]`, "作品名称\t类别\t作者\t单位\t尺寸\n宪法在我心中\t书法\t张三\t\t四尺\n没有类别的一幅\t不知道\t李四\t\t三尺")
	b.sees("没有放处，没有粘贴：尺寸")
	b.drops(`tbody[data-row="1"]`, map[string][]byte{
		"小.png": pngOf(t, 200, 100, 1), "坏.jpg": jpegOf(t, 400, 300, 1)[:900], "空.jpg": {}, "包.zip": zipOf(nil),
	})
	b.sees("这是压缩包")
	b.sees("文件不完整")
	b.sees("空文件")
	b.sees("没有“不知道”这个类别")
	for _, lang := range []string{"zh", "en"} {
		for size := range 3 {
			b.js(fmt.Sprintf("document.querySelectorAll('.tools button')[%d].click()", size))
			b.fits(fmt.Sprint(lang, size))
			b.shot(fmt.Sprintf("phone-%s-%d", lang, size))
		}
		b.js("document.querySelectorAll('.tools button')[3].click()")
		b.js("document.querySelectorAll('.tools button')[4].click()")
	}
	b.js("document.querySelectorAll('.tools button')[0].click()")
	b.press("#pack")
	b.until("document.querySelector('.left')")
	b.shot("phone-left")
}

func TestADraftIsKeptAndUndone(t *testing.T) {
	_, page := newOffice(t, parcel.Request{})
	b := open(t, page, 1280, 720)
	b.paste(`[data-at="1-title"]`, "甲\t书法\t小学组\t张三\n乙\t绘画\t初中组\t李四\n丙\t摄影\t\t王五\n丁\t摄影\t\t赵六")
	b.sees("已粘贴 4 行")
	b.drops(".page", map[string][]byte{
		"乙-李四.png": pngOf(t, 400, 400, 1), "张三《甲》.png": pngOf(t, 400, 400, 2), "IMG_0001.png": pngOf(t, 400, 400, 3),
	})
	b.sees("选了 3 个文件，2 个找到了作品")
	b.shot("match")
	// a list has all works once it is used
	b.js(`document.querySelector('.matches select').dispatchEvent(new FocusEvent('focus'))`)
	b.until(`document.querySelectorAll('.matches select')[0].options.length === 5`)
	b.pressWords("添加 2 个文件")
	b.sees("已添加 2 个文件")
	in := func(row int) string {
		return value[string](b, fmt.Sprintf(`(Array.from(document.querySelectorAll('tbody[data-row="%d"] .was'))
			.map(e => e.innerText)).join()`, row))
	}
	if in(1) != "张三《甲》.png" || in(2) != "乙-李四.png" {
		t.Errorf("files: %s, %s", in(1), in(2))
	}
	b.js(`document.querySelector('[aria-label="第 3 件 删除这一行"]').click()`)
	b.sees("作品 3 件")
	b.js(`document.querySelector('[data-at="1-title"]').focus()`)
	b.run(chromedp.KeyEvent("z", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	b.sees("作品 4 件")
	b.sees("草稿已存本机")
	b.run(chromedp.Navigate("file://" + page))
	b.sees("接着上次的草稿，作品 4 件")
	if in(1) != "张三《甲》.png" || in(2) != "乙-李四.png" {
		t.Errorf("files after it was opened again: %s, %s", in(1), in(2))
	}
	b.js(`document.documentElement.dataset.theme = 'dark'`)
	b.shot("dark")
	b.run(send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	b.sees("负责人（签字）")
	b.shot("paper")
}

// TestItCanBeFilledInByKeysAlone fills a work in without a pointer.
func TestItCanBeFilledInByKeysAlone(t *testing.T) {
	_, page := newOffice(t, parcel.Request{Unit: "甲县第一小学"})
	b := open(t, page, 1280, 720)
	b.js(`document.querySelector('[data-at="0-contact"]').focus()`)
	at := func() string {
		return value[string](b, `document.activeElement.getAttribute('data-at') || document.activeElement.innerText`)
	}
	tab := func(times int) {
		for range times {
			b.run(chromedp.KeyEvent("\t"))
		}
	}
	b.run(chromedp.KeyEvent("zhou\t"))
	b.run(chromedp.KeyEvent("12345678\t\t"))
	for i := 0; at() != "1-title"; i++ {
		if tab(1); i > 8 {
			t.Fatal("the first cell is not reached: ", at())
		}
	}
	b.run(chromedp.KeyEvent("a\r"))
	if at() != "2-title" {
		t.Fatalf("Enter leads to %s", at())
	}
	b.run(chromedp.KeyEvent("b\tY"), chromedp.KeyEvent("\t\tc"))
	if at() != "2-authors" {
		t.Errorf("Tab leads to %s", at())
	}
	for _, n := range []string{"3", "4", "5"} { // rows grow
		b.run(chromedp.KeyEvent("\r"))
		b.until(`document.activeElement.getAttribute('data-at') === "` + n + `-authors"`)
	}
	if got := value[string](b, `document.querySelector('[data-at="2-authors"]').value`); got != "c" {
		t.Errorf("typed %q", got)
	}
}
