//go:build probe

package main

import (
	"fayi/app"
	"fayi/cmd/fayi/probe"
)

func init() {
	watch = func(win *app.App) {
		if err := probe.Serve(win); err != nil {
			panic(err)
		}
	}
}
