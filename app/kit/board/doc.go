// Package board shows cards in columns, of which people drag one into another column. Whether it may go there, and
// what that means, the page decides.
package board
