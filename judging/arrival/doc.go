// Package arrival looks at a folder into which people save what came: which of it stands still and may be looked at,
// and what is the same as something that came before.
//
// It promises: it reads and changes nothing, what is still being written is not offered, and the sum of what arrived
// depends on its contents and not on when or under which name it was saved. It opens regular files only and follows no
// link. It takes nothing in: package office/collect does, when the organiser says so.
package arrival
