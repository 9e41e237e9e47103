package page

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/status"
)

// Missing is the page of a route nobody made a page for.
func Missing(sh kit.Shell) kit.Page { return missing{sh} }

type missing struct{ sh kit.Shell }

// Title is empty: the window's own name is enough.
func (m missing) Title() string { return "" }

// Content says what happened.
func (m missing) Content() fyne.CanvasObject {
	return status.NewEmpty(m.sh.T("shell.no_page", nil), m.sh.T("shell.no_page_text", nil), nil)
}

// Load does nothing.
func (m missing) Load() {}
