// Package look is the product's face: its theme, its colours by meaning (Tone), its type by role (Role), and texts
// of one line (NewText, NewCutText) and of several (Para), measured before they are drawn. It sets nothing side by
// side; that is lay's.
//
// Colours are read when a widget is built, which is why pages are built again when the theme changes.
package look
