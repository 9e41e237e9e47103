// Package stage is the page of performances in front of the judges (现场评分): the running order, which work is on, who
// has scored it, and the next step under one button and the space bar.
//
// It promises: one press of a key is one step, however long it is held; what ends the scoring of judges who have not
// finished is asked first, unless the organiser chose otherwise on this page.
package stage
