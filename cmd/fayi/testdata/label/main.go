// Command label is the least that the window is measured against: a window of the same toolkit, size and type with
// one label in it.
package main

import (
	"cmp"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/assets/fonts"
)

func main() {
	_ = os.Setenv("LANG", cmp.Or(os.Getenv("LANG"), "zh_CN.UTF-8"))
	a := app.NewWithID("cn.fayi.label")
	a.Settings().SetTheme(chinese{theme.DefaultTheme()})
	w := a.NewWindow("法艺评审")
	w.Resize(fyne.NewSize(1200, 640))
	w.SetContent(widget.NewLabel("法治文化作品征集"))
	w.ShowAndRun()
}

// chinese is the toolkit's theme with the same two fonts as the product's.
type chinese struct{ fyne.Theme }

var (
	regular = fyne.NewStaticResource("regular.ttf", fonts.Regular)
	bold    = fyne.NewStaticResource("bold.otf", fonts.ScreenBold)
)

// Font returns the bold face for bold text and the regular one for all else.
func (chinese) Font(s fyne.TextStyle) fyne.Resource {
	if s.Bold {
		return bold
	}
	return regular
}
