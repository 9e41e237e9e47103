// Package room is the page of the judging room (开评审室): judges score in the browsers of their own devices, and the
// organiser sees who is here. Keeper holds the open room of a window, whichever page is shown.
//
// It promises: a judge's code is shown only in the window that issued it, as long as that has the contest open, and is
// kept nowhere; who closes the room, the window or the contest hears first what is on devices only.
package room
