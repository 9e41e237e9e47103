// Package shapes draws contests whose truth is known, of every shape that contests have, and judges how well a method
// of judging/stats finds it: places, chances and intervals. docs/fairness.md is the table that comes of it.
//
// It promises the same contest for the same shape and seed on every machine of the same architecture, and figures that
// do not depend on the order in which shapes are asked for. It shares nothing with the methods that it judges: places,
// chances and slopes are counted here in plain sums.
//
// Only tests and scripts/bench import it.
package shapes
