// Package chart draws numbers: how values are spread, spans on one scale, limits that are kept or not, how often
// things meet. A chart is drawn once and shown at any size, on the screen and as a picture with the same bytes
// each time.
package chart
