// Command fayi is the desktop program. This file only wires its parts together.
package main

import (
	"log/slog"
	"os"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"fayi/app"
	"fayi/app/kit"
	"fayi/assets"
	"fayi/assets/icons"
)

// id names the program to the system: where settings are kept, which windows belong together.
const id = "cn.fayi.desktop"

func main() {
	if os.Getenv("LANG") == "" {
		_ = os.Setenv("LANG", "zh_CN.UTF-8") // without one, the toolkit logs an error at every start
	}
	cat, err := assets.Load()
	if err != nil {
		slog.Error("text catalogue", "err", err)
		os.Exit(1)
	}
	fa := fyneapp.NewWithID(id)
	fa.SetIcon(fyne.NewStaticResource("fayi.png", icons.App))
	app.New(fa, app.Config{Catalogue: cat, Home: kit.Route{Kind: "start"}}).Show()
}
