# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
# xxHash with its own package file (vcpkg) or without one (Debian, Homebrew): defines xxHash::xxhash.
find_package(xxHash CONFIG QUIET)
if(NOT TARGET xxHash::xxhash)
    find_path(XXHASH_INCLUDE_DIR xxhash.h)
    find_library(XXHASH_LIBRARY xxhash)
    mark_as_advanced(XXHASH_INCLUDE_DIR XXHASH_LIBRARY)
endif()

include(FindPackageHandleStandardArgs)
if(TARGET xxHash::xxhash)
    find_package_handle_standard_args(xxHash CONFIG_MODE)
else()
    find_package_handle_standard_args(xxHash REQUIRED_VARS XXHASH_LIBRARY XXHASH_INCLUDE_DIR)
    if(xxHash_FOUND)
        add_library(xxHash::xxhash UNKNOWN IMPORTED)
        set_target_properties(xxHash::xxhash PROPERTIES IMPORTED_LOCATION "${XXHASH_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${XXHASH_INCLUDE_DIR}")
    endif()
endif()
