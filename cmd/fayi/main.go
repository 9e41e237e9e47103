package main

import (
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
	_ "github.com/BurntSushi/toml"
	_ "github.com/mozillazg/go-pinyin"
	_ "github.com/nicksnyder/go-i18n/v2/i18n"
	_ "github.com/richardlehane/mscfb"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/rwcarlsen/goexif/exif"
	_ "github.com/xuri/excelize/v2"
	_ "go.etcd.io/bbolt"
	_ "golang.org/x/image/draw"
	_ "golang.org/x/text/width"
	_ "gonum.org/v1/gonum/mat"
	_ "pgregory.net/rapid"
)

func main() {
	a := app.NewWithID("x")
	w := a.NewWindow("x")
	w.SetContent(widget.NewLabel("x"))
	w.ShowAndRun()
}
