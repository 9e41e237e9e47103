// Package button holds what is pressed: verbs (Button), things that lead on (Press), and the menus that open from
// them. Whatever is pressed by the mouse is pressed by Enter and Space as well.
package button
