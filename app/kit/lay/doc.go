// Package lay says where things stand: below each other, side by side, by weights, in tiles, on paper, in what
// scrolls. All distances of the product are its Gap4 to Gap24. Box is the base of widgets that are made of others.
package lay
