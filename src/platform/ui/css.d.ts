/** Style sheets that an island brings along; the build puts them beside it. */
declare module '*.css'
