// Package page holds what the organiser's pages share: the kinds of routes, the operations of a contest as pages
// call them, and the widgets, rows and questions that pages of several stages show.
//
// It knows no page and imports no stage; a stage may import it, never another stage.
package page
