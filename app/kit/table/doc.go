// Package table shows many rows: sorted by their heads, selected, ticked, dragged, typed into and searched by
// letters, a hundred thousand of them without delay. Intervals are rows with a drawing, Problems rows with a
// filter over them.
//
// A row is found again by its key: selection, ticks and the cell being typed into follow it when rows come again
// in another order.
package table
