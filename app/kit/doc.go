// Package kit holds the widgets and the page contract of the desktop. It knows no contest: pages fill the widgets with their own nouns.
package kit
