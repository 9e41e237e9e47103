// Package parcel holds the command that makes the page by which a unit packs its works.
package parcel
