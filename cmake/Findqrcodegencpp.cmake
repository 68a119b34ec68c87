# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
# The QR code generator for C++ with a package file (Fedora; vcpkg, under a name of its own) or without one (Debian):
# defines qrcodegencpp::qrcodegencpp, whose header is <qrcodegen.hpp>.
find_package(qrcodegencpp CONFIG QUIET)
if(NOT TARGET qrcodegencpp::qrcodegencpp)
    find_package(unofficial-nayuki-qr-code-generator CONFIG QUIET)
    if(TARGET unofficial::nayuki-qr-code-generator::nayuki-qr-code-generator)
        add_library(qrcodegencpp::qrcodegencpp INTERFACE IMPORTED)
        target_link_libraries(qrcodegencpp::qrcodegencpp INTERFACE unofficial::nayuki-qr-code-generator::nayuki-qr-code-generator)
    endif()
endif()

include(FindPackageHandleStandardArgs)
if(TARGET qrcodegencpp::qrcodegencpp)
    set(qrcodegencpp_FOUND TRUE)
else()
    find_path(QRCODEGENCPP_INCLUDE_DIR qrcodegen.hpp PATH_SUFFIXES qrcodegen qrcodegencpp)
    find_library(QRCODEGENCPP_LIBRARY qrcodegencpp)
    mark_as_advanced(QRCODEGENCPP_INCLUDE_DIR QRCODEGENCPP_LIBRARY)
    find_package_handle_standard_args(qrcodegencpp REQUIRED_VARS QRCODEGENCPP_LIBRARY QRCODEGENCPP_INCLUDE_DIR)
    if(qrcodegencpp_FOUND)
        add_library(qrcodegencpp::qrcodegencpp UNKNOWN IMPORTED)
        set_target_properties(qrcodegencpp::qrcodegencpp PROPERTIES IMPORTED_LOCATION "${QRCODEGENCPP_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${QRCODEGENCPP_INCLUDE_DIR}")
    endif()
endif()
