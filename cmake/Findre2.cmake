# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
# RE2 with its own package file (vcpkg, Homebrew, Fedora), with pkg-config's, or with neither (Debian 12): defines re2::re2.
# Since 2023 its headers use Abseil, which the first two name; what has neither file is older and needs nothing.
find_package(re2 CONFIG QUIET)
if(NOT TARGET re2::re2)
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
        pkg_check_modules(GLASSHOUSE_RE2 QUIET IMPORTED_TARGET re2)
    endif()
    if(TARGET PkgConfig::GLASSHOUSE_RE2)
        add_library(re2::re2 INTERFACE IMPORTED)
        target_link_libraries(re2::re2 INTERFACE PkgConfig::GLASSHOUSE_RE2)
    endif()
endif()

include(FindPackageHandleStandardArgs)
if(TARGET re2::re2)
    set(re2_FOUND TRUE)
else()
    find_path(RE2_INCLUDE_DIR re2/re2.h)
    find_library(RE2_LIBRARY re2)
    mark_as_advanced(RE2_INCLUDE_DIR RE2_LIBRARY)
    find_package_handle_standard_args(re2 REQUIRED_VARS RE2_LIBRARY RE2_INCLUDE_DIR)
    if(re2_FOUND)
        add_library(re2::re2 UNKNOWN IMPORTED)
        set_target_properties(re2::re2 PROPERTIES IMPORTED_LOCATION "${RE2_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${RE2_INCLUDE_DIR}")
    endif()
endif()
